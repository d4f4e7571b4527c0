// SPDX-License-Identifier: MIT
#include "sim/nn/layers/pooling.hpp"

#include <fmt/format.h>

#include "sim/core/errors.hpp"
#include "sim/nn/layer_registry.hpp"

namespace steq::layers {

Windows windows_of(const Parameters& p, const SampleShape& in, const std::string& place, std::size_t padding) {
  const auto kernel = static_cast<std::size_t>(p.integer("kernel"));
  const auto stride = p.is_word("stride") ? kernel : static_cast<std::size_t>(p.integer("stride"));
  if (padding > kernel / 2)
    throw InputError(
        place + ".padding",
        fmt::format("{} is more than half of the kernel; allowed: an integer in [0, {}]", padding, kernel / 2));
  const std::size_t height = in.height + 2 * padding, width = in.width + 2 * padding;
  if (height < kernel || width < kernel)
    throw InputError(place + ".kernel", fmt::format("{} is larger than the {}input of {} x {}", kernel,
                                                    padding > 0 ? "padded " : "", height, width));
  const SampleShape out{in.channels, (height - kernel) / stride + 1, (width - kernel) / stride + 1};
  return {in, out, kernel, stride, padding};
}

std::vector<ParameterInfo> pooling_parameters() {
  ParameterInfo stride =
      size_parameter("stride", std::nullopt, "pixels from one window to the next; kernel: as wide as the window");
  stride.fallback = Value("kernel");
  stride.words = {"kernel"};
  return {size_parameter("kernel", 2, "rows and columns of the window"), stride};
}

}  // namespace steq::layers
