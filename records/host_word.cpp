// SPDX-License-Identifier: MIT
#include "records/host_word.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstring>
#include <utility>

#include "records/sha256.hpp"

namespace steq {

/// A socket's name that begins with a zero byte lives in memory and not in a file system.
HostWord::HostWord(const std::string& word) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) return;
  const std::string name = std::string(1, '\0') + "steq " + sha256_of(word);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0)
    state_ = State::held;
  else if (errno == EADDRINUSE)
    state_ = State::taken;
}

HostWord::~HostWord() {
  if (socket_ >= 0) ::close(socket_);
}

HostWord::HostWord(HostWord&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), state_(std::exchange(other.state_, State::unavailable)) {}

HostWord& HostWord::operator=(HostWord&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(state_, other.state_);
  return *this;
}

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

}  // namespace steq
