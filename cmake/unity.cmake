# Compiles the small files of a target ten at a time, so that headers are read once for all of them: a build from nothing
# takes half as long. Names in anonymous namespaces have to be unique in a room (the test `rooms_as_one` says which are not).
option(STEQ_UNITY "Compile ten files at a time; OFF where only a few files change between builds" ON)

function(steq_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${STEQ_UNITY} UNITY_BUILD_BATCH_SIZE 10)
endfunction()
