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
namespace {

int new_socket() { return ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0); }

/// Calls a function of sockets with the word as an address. A socket's name that begins with a zero byte lives in memory
/// and not in a file system.
template <class Call>
int call_with(const Call& call, int socket, const std::string& word) {
  const std::string name = std::string(1, '\0') + "steq " + sha256_of(word);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  return call(socket, reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace

HostWord::HostWord(const std::string& word) : socket_(new_socket()) {
  if (socket_ < 0) return;
  if (call_with(::bind, socket_, word) == 0)
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

bool is_taken(const std::string& word) {
  const int socket = new_socket();
  if (socket < 0) return false;
  const bool taken = call_with(::connect, socket, word) == 0;
  ::close(socket);
  return taken;
}

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

}  // namespace steq
