// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <vector>

namespace steq {

inline constexpr std::size_t kCacheLine = 64;  ///< bytes

/// The values of the cache lines that `count` of them touch: what follows begins on a line of its own.
template <class T>
constexpr std::size_t whole_lines(std::size_t count) {
  static_assert(kCacheLine % sizeof(T) == 0);
  constexpr std::size_t line = kCacheLine / sizeof(T);
  return (count + line - 1) / line * line;
}

/// Zeroed memory allocated once, aligned to the cache line so that no kernel's choice of code depends on an address.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : size_(size) {
    if (size == 0) return;
    const std::size_t bytes = whole_lines<T>(size) * sizeof(T);
    data_.reset(static_cast<T*>(std::aligned_alloc(kCacheLine, bytes)));
    if (!data_) throw std::bad_alloc();
    std::memset(static_cast<void*>(data_.get()), 0, bytes);
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  std::span<T> span() { return {data(), size_}; }
  std::span<const T> span() const { return {data(), size_}; }

 private:
  struct Free {
    void operator()(T* p) const { std::free(p); }
  };
  std::unique_ptr<T[], Free> data_;
  std::size_t size_ = 0;
};

/// Where each of them begins.
template <class T>
std::vector<T*> pointers(std::vector<Buffer<T>>& buffers) {
  std::vector<T*> begins;
  for (Buffer<T>& buffer : buffers) begins.push_back(buffer.data());
  return begins;
}

}  // namespace steq
