// SPDX-License-Identifier: MIT
#include "records/hdf5_handle.hpp"

#include <utility>

#include "sim/core/errors.hpp"

namespace steq {

Hdf5Handle::Hdf5Handle(Hdf5Handle&& other) noexcept
    : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}

Hdf5Handle::~Hdf5Handle() { close(); }

herr_t Hdf5Handle::close() {
  const hid_t id = std::exchange(id_, H5I_INVALID_HID);
  return id >= 0 ? close_(id) : 0;
}

void prepare_hdf5() {
  // Handles close themselves; what the library would do besides at the end of the program crashes after a full disk.
  [[maybe_unused]] static const herr_t once = H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string hdf5_reason() {
  std::string reason = "unknown reason";
  const auto innermost = [](unsigned n, const H5E_error2_t* error, void* text) -> herr_t {
    if (n == 0 && error->desc) *static_cast<std::string*>(text) = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, &reason);
  const std::string marker = "error message = '";
  const std::size_t begin = reason.find(marker);
  if (begin == std::string::npos) return reason;
  const std::size_t first = begin + marker.size();
  return reason.substr(first, reason.find('\'', first) - first);
}

bool hdf5_has(const Hdf5Handle& file, const std::string& name) {
  // HDF5 wants every group on the way to be there before it looks at the last name
  for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
    if (H5Lexists(file.id(), name.substr(0, end).c_str(), H5P_DEFAULT) <= 0) return false;
    if (end == std::string::npos) return true;
  }
}

template <class Result>
Result check_hdf5(Result result, const std::string& path, const std::string& what) {
  if (result < 0) throw IoError(path, what + ": " + hdf5_reason());
  return result;
}

template hid_t check_hdf5(hid_t, const std::string&, const std::string&);
template herr_t check_hdf5(herr_t, const std::string&, const std::string&);

}  // namespace steq
