// SPDX-License-Identifier: MIT
#include "experiments/commands/interruption.hpp"

#include <csignal>

namespace steq {
namespace {

std::atomic<bool> stop_requested{false};

void request_stop(int) { stop_requested = true; }

void heed(int signal) {
  struct sigaction before {
  }, now{};
  if (::sigaction(signal, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) return;
  now.sa_handler = request_stop;
  now.sa_flags = SA_RESTART;
  ::sigaction(signal, &now, nullptr);
}

}  // namespace

const std::atomic<bool>& heed_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU}) heed(signal);
  std::signal(SIGPIPE, SIG_IGN);
  return stop_requested;
}

}  // namespace steq
