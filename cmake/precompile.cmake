# Reads the headers of other projects that most files of a target include once for all of them.
option(STEQ_PCH "Precompile headers of other projects; OFF where a tool compiles each file on its own" ON)

function(steq_precompile target)
  if(STEQ_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN} <algorithm> <functional> <map> <ranges> <string> <vector>)
  endif()
endfunction()
