# Every packaged library that steq uses; the Debian package is named beside each.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)         # libeigen3-dev
find_package(Boost 1.74 REQUIRED)                   # libboost-dev
find_package(fmt 9 REQUIRED)                        # libfmt-dev
find_package(nlohmann_json 3.11 REQUIRED)           # nlohmann-json3-dev
find_package(CLI11 2.1 REQUIRED)                    # libcli11-dev
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(ZLIB REQUIRED)                         # zlib1g-dev
find_package(OpenSSL REQUIRED COMPONENTS Crypto)    # libssl-dev
find_package(muparser 2.3 REQUIRED CONFIG)          # libmuparser-dev
find_package(HDF5 1.10 REQUIRED COMPONENTS C)       # libhdf5-dev
find_path(STEQ_DYGRAPHS dygraph.min.js PATHS /usr/share/javascript/dygraphs NO_DEFAULT_PATH REQUIRED)  # libjs-dygraphs

add_library(steq_hdf5 INTERFACE)
target_include_directories(steq_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(steq_hdf5 INTERFACE ${HDF5_C_LIBRARIES})

find_path(STEQ_RANDOM123_INCLUDE Random123/philox.h REQUIRED)  # librandom123-dev
add_library(steq_random123 INTERFACE)
target_include_directories(steq_random123 SYSTEM INTERFACE ${STEQ_RANDOM123_INCLUDE})

# Found by hand: oneDNN's own CMake package asks for OpenCL, which a CPU build does not need.
add_library(steq_onednn INTERFACE)
if(STEQ_ONEDNN)                                     # libdnnl-dev
  find_path(STEQ_ONEDNN_INCLUDE dnnl.hpp REQUIRED)
  find_library(STEQ_ONEDNN_LIBRARY dnnl REQUIRED)
  target_include_directories(steq_onednn SYSTEM INTERFACE ${STEQ_ONEDNN_INCLUDE})
  target_link_libraries(steq_onednn INTERFACE ${STEQ_ONEDNN_LIBRARY})
  target_compile_definitions(steq_onednn INTERFACE STEQ_ONEDNN=1)
endif()
