# find_package(steq) for other CMake projects: targets steq::sim, steq::theory, steq::records, steq::plots, steq::experiments.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(STEQ_TARGETS steq_flags steq_random123 steq_onednn steq_hdf5 steq_sim steq_theory steq_records steq_plots steq_experiments steq)
install(TARGETS ${STEQ_TARGETS} EXPORT steqTargets RUNTIME COMPONENT program ARCHIVE COMPONENT library)
install(DIRECTORY sim theory records plots experiments DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/steq COMPONENT library
        FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY experiments/presets DESTINATION ${CMAKE_INSTALL_DATADIR}/steq COMPONENT program)
install(EXPORT steqTargets NAMESPACE steq:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq COMPONENT library)
configure_package_config_file(cmake/steqConfig.cmake.in steqConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq)
write_basic_package_version_file(steqConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/steqConfig.cmake ${PROJECT_BINARY_DIR}/steqConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/steq COMPONENT library)

# The program tells its manual page and its completion itself.
set(steq_manual ${PROJECT_BINARY_DIR}/steq.1 ${PROJECT_BINARY_DIR}/steq.bash)
add_custom_command(TARGET steq POST_BUILD BYPRODUCTS ${steq_manual}
  COMMAND steq manual > ${PROJECT_BINARY_DIR}/steq.1
  COMMAND steq manual --completion > ${PROJECT_BINARY_DIR}/steq.bash
  COMMENT "" VERBATIM)
install(FILES ${PROJECT_BINARY_DIR}/steq.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${PROJECT_BINARY_DIR}/steq.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME steq
        COMPONENT program)
