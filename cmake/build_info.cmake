# What the manifest says about the build: compiler and flags, fixed when CMake runs; the git commit, looked up at every
# build, whose file is touched only when it changes.
if(CMAKE_SCRIPT_MODE_FILE)
  cmake_policy(VERSION 3.25)
  execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=40 --exclude=*
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(failed)
    set(commit "unknown")
  endif()
  file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#define STEQ_GIT_COMMIT \"@commit@\"\n" @ONLY)
  return()
endif()

set(commit_header ${PROJECT_BINARY_DIR}/generated/git_commit.hpp)
add_custom_target(steq_git_commit
  COMMAND ${CMAKE_COMMAND} -D SOURCE=${PROJECT_SOURCE_DIR} -D OUTPUT=${commit_header} -P ${CMAKE_CURRENT_LIST_FILE}
  BYPRODUCTS ${commit_header}
  COMMENT "" VERBATIM)
add_dependencies(steq_records steq_git_commit)

string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
string(JOIN " " build_flags ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${STEQ_PRIVATE_FLAGS})
set_source_files_properties(records/build_info.cpp PROPERTIES
  SKIP_UNITY_BUILD_INCLUSION ON
  OBJECT_DEPENDS ${commit_header}
  INCLUDE_DIRECTORIES ${PROJECT_BINARY_DIR}/generated
  COMPILE_DEFINITIONS "STEQ_VERSION=\"${PROJECT_VERSION}\";STEQ_FLAGS=\"${build_flags}\";STEQ_NATIVE=$<BOOL:${STEQ_NATIVE}>;STEQ_ARCH=\"${STEQ_ARCH}\"")
