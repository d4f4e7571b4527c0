// SPDX-License-Identifier: MIT
// The state of objects as bytes, for checkpoints. A class names its members once, for writing and reading:
//   void archive(Archive& a) { a(step_, latent_); }
#pragma once

#include <concepts>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/core/buffer.hpp"
#include "sim/core/errors.hpp"

namespace steq {

class Archive;

template <class T>
concept Archivable = requires(T& object, Archive& archive) {
  object.archive(archive);
};

/// Bytes of this machine's own layout: for the build that wrote them, and no exchange format.
class Archive {
 public:
  /// Writes.
  Archive() = default;
  /// Reads `bytes`.
  explicit Archive(std::string bytes) : bytes_(std::move(bytes)), reading_(true) {}

  bool reading() const { return reading_; }
  const std::string& bytes() const { return bytes_; }

  /// Writes every member, or reads it. Reading throws InputError where the bytes are not those of such objects.
  template <class... Members>
  void operator()(Members&... members) {
    (member(members), ...);
  }

  /// To be called when all is read. Throws InputError where bytes are left.
  void finish() const {
    if (reading_ && position_ != bytes_.size()) refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw InputError("checkpoint",
                     "its contents do not fit this run; allowed: a checkpoint of the same config and build");
  }

  template <class T>
  void member(T& value) {
    if constexpr (Archivable<T>)
      value.archive(*this);
    else
      raw(&value, 1);
  }

  /// What an element takes in the archive, so that no size there makes memory that the bytes cannot fill.
  template <class T>
  static constexpr std::size_t least_bytes() {
    if constexpr (Archivable<T>)
      return 1;
    else if constexpr (std::is_trivially_copyable_v<T>)
      return sizeof(T);
    else
      return sizeof(std::size_t);  // a vector's size, or a text's
  }

  template <class T>
  void member(std::vector<T>& values) {
    std::size_t size = values.size();
    raw(&size, 1);
    if (reading_) {
      if (size > (bytes_.size() - position_) / least_bytes<T>()) refuse();
      resize(values, size);
    }
    if constexpr (std::is_trivially_copyable_v<T> && !Archivable<T>)
      raw(values.data(), size);
    else
      for (T& value : values) member(value);
  }

  /// Elements that cannot be made from nothing must be there already.
  template <class T>
  static void resize(std::vector<T>& values, std::size_t size) {
    if constexpr (std::default_initializable<T> && std::movable<T>)
      values.resize(size);
    else if (values.size() != size)
      refuse();
  }

  template <class T>
  void member(Buffer<T>& values) {
    std::size_t size = values.size();
    raw(&size, 1);
    if (size != values.size()) refuse();
    raw(values.data(), size);
  }

  void member(std::string& text) {
    std::vector<char> characters(text.begin(), text.end());
    member(characters);
    text.assign(characters.begin(), characters.end());
  }

  template <class T>
  void raw(T* values, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count == 0) return;
    const std::size_t size = count * sizeof(T);
    if (!reading_) {
      bytes_.append(reinterpret_cast<const char*>(values), size);
      return;
    }
    if (size / sizeof(T) != count || size > bytes_.size() - position_) refuse();
    std::memcpy(static_cast<void*>(values), bytes_.data() + position_, size);
    position_ += size;
  }

  std::string bytes_;
  std::size_t position_ = 0;
  bool reading_ = false;
};

}  // namespace steq
