# find_package(steq) for other CMake projects: targets steq::sim, steq::theory, steq::records, steq::plots, steq::experiments.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(STEQ_TARGETS steq_flags steq_random123 steq_onednn steq_hdf5 steq_sim steq_theory steq_records steq_plots steq_experiments steq)
install(TARGETS ${STEQ_TARGETS} EXPORT steqTargets)
install(DIRECTORY sim theory records plots experiments DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/steq FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY experiments/presets DESTINATION ${CMAKE_INSTALL_DATADIR}/steq)
install(EXPORT steqTargets NAMESPACE steq:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq)
configure_package_config_file(cmake/steqConfig.cmake.in steqConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq)
write_basic_package_version_file(steqConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/steqConfig.cmake ${PROJECT_BINARY_DIR}/steqConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq)
