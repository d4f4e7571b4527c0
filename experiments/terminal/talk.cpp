// SPDX-License-Identifier: MIT
#include "experiments/terminal/talk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace steq {

void complete_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", O_RDWR);  // takes the lowest number that is free
}

void talk(const std::string& text) {
  std::fflush(stdout);
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

void remark(const std::string& text) { talk("steq: " + text + "\n"); }

}  // namespace steq
