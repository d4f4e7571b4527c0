# One library target for each room, with the flags that all of them share.
add_library(steq_flags INTERFACE)
target_compile_features(steq_flags INTERFACE cxx_std_20)
target_include_directories(steq_flags INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                                $<INSTALL_INTERFACE:include/steq>)
# Contraction off: the same source gives the same rounding with and without FMA instructions.
# EIGEN_DONT_PARALLELIZE: threads are started in one place only, sim/core/parallel.cpp.
target_compile_definitions(steq_flags INTERFACE EIGEN_DONT_PARALLELIZE)

set(STEQ_PRIVATE_FLAGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 takes fmt's buffers and its own intrinsics for errors where it optimizes (GCC bugs 105329, 105593).
  list(APPEND STEQ_PRIVATE_FLAGS -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized
       -Wno-uninitialized)
endif()
if(STEQ_WERROR)
  list(APPEND STEQ_PRIVATE_FLAGS -Werror)
endif()
if(STEQ_NATIVE)
  list(APPEND STEQ_PRIVATE_FLAGS -march=native -mprefer-vector-width=512)
else()
  list(APPEND STEQ_PRIVATE_FLAGS -march=${STEQ_ARCH})
endif()
if(STEQ_SANITIZE)
  add_compile_options(-fsanitize=${STEQ_SANITIZE} -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${STEQ_SANITIZE})
endif()
if(STEQ_FUZZ)
  if(NOT STEQ_SANITIZE MATCHES "address")
    message(FATAL_ERROR "Fuzzing wants STEQ_SANITIZE=address,undefined; cmake --preset fuzz sets it")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

function(steq_room name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(steq_${name} STATIC ${sources})
  add_library(steq::${name} ALIAS steq_${name})
  set_target_properties(steq_${name} PROPERTIES EXPORT_NAME ${name})
  target_link_libraries(steq_${name} PUBLIC steq_flags)
  target_compile_options(steq_${name} PRIVATE ${STEQ_PRIVATE_FLAGS})
  steq_unity(steq_${name})
endfunction()
