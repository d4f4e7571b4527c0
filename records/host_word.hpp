// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// A word that one holder at a time can have on this machine (in one network namespace). The system takes it back when
/// the holder's process ends, however it ends, so that nobody ever finds a stale one.
class HostWord {
 public:
  enum class State { held, taken, unavailable };  ///< by us; by somebody else; this system has no such words

  HostWord() = default;
  explicit HostWord(const std::string& word);
  ~HostWord();
  HostWord(HostWord&& other) noexcept;
  HostWord& operator=(HostWord&& other) noexcept;

  State state() const { return state_; }

 private:
  int socket_ = -1;
  State state_ = State::unavailable;
};

/// Whether somebody has the word; it is not asked for.
bool is_taken(const std::string& word);

/// The name of this machine.
std::string host_name();

}  // namespace steq
