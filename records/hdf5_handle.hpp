// SPDX-License-Identifier: MIT
// HDF5's C interface with owned handles and exceptions.
#pragma once

#include <hdf5.h>

#include <string>

namespace steq {

/// Closes its identifier when it goes.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept;
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
  ~Hdf5Handle();

  hid_t id() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  /// Closes now; negative where that failed.
  herr_t close();

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

/// Call it before anything else of the library, which then prints no errors of its own in this thread and does nothing
/// at the end of the program.
void prepare_hdf5();

/// What the library's error stack says first: the system's reason where there is one.
std::string hdf5_reason();

/// True where the file has a group or dataset of that name, as "/ste/batch_loss".
bool hdf5_has(const Hdf5Handle& file, const std::string& name);

/// Throws IoError with `path`, `what` and the reason where `result` is negative; else returns it.
template <class Result>
Result check_hdf5(Result result, const std::string& path, const std::string& what);
extern template hid_t check_hdf5(hid_t, const std::string&, const std::string&);
extern template herr_t check_hdf5(herr_t, const std::string&, const std::string&);

}  // namespace steq
