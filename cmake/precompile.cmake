# Reads the headers of other projects that most files of a target include once for all of them.
option(STEQ_PCH "Precompile headers of other projects; OFF where a tool compiles each file on its own" ON)

function(steq_precompile target)
  if(STEQ_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN} <algorithm> <array> <chrono> <cmath> <filesystem> <fstream>
                               <functional> <map> <memory> <numeric> <optional> <ranges> <set> <span> <sstream> <string>
                               <variant> <vector>)
  endif()
endfunction()
