// SPDX-License-Identifier: MIT
#include "sim/nn/layers/pooling.hpp"

namespace steq::layers {

Windows windows_of(const Parameters& p, const Shape& in, const std::string& place) {
  const auto kernel = static_cast<std::size_t>(p.integer("kernel"));
  const auto stride = p.is_word("stride") ? kernel : static_cast<std::size_t>(p.integer("stride"));
  if (in.height < kernel || in.width < kernel)
    throw InputError(place + ".kernel",
                     fmt::format("{} is larger than the input of {} x {}", kernel, in.height, in.width));
  const Shape out{in.channels, (in.height - kernel) / stride + 1, (in.width - kernel) / stride + 1};
  return {in, out, kernel, stride};
}

std::vector<ParameterInfo> pooling_parameters() {
  ParameterInfo stride =
      size_parameter("stride", std::nullopt, "pixels from one window to the next; kernel: as wide as the window");
  stride.fallback = Value("kernel");
  stride.words = {"kernel"};
  return {size_parameter("kernel", 2, "rows and columns of the window"), stride};
}

}  // namespace steq::layers
