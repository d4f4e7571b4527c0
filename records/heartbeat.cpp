// SPDX-License-Identifier: MIT
#include "records/heartbeat.hpp"

#include <csignal>
#include <utility>

namespace steq {

Heartbeat::Heartbeat(std::chrono::milliseconds interval, std::function<bool()> beat)
    : interval_(interval), beat_(std::move(beat)) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);  // the new thread inherits it
  try {
    thread_ = std::thread([this] { go_on(); });
  } catch (const std::system_error&) {  // no thread is to be had: the lock lives without
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  ending_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Heartbeat::go_on() {
  std::unique_lock lock(mutex_);
  while (!ending_.wait_for(lock, interval_, [this] { return ended_; })) {
    lock.unlock();
    const bool alive = beat_();
    lock.lock();
    if (!alive) return;
  }
}

}  // namespace steq
