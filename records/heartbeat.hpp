// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace steq {

/// Calls `beat` again and again, on a thread of its own, until that returns false or the object ends. Signals go to the
/// other threads.
class Heartbeat {
 public:
  Heartbeat(std::chrono::milliseconds interval, std::function<bool()> beat);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  void go_on();

  std::chrono::milliseconds interval_;
  std::function<bool()> beat_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace steq
