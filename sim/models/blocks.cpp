// SPDX-License-Identifier: MIT
#include "sim/models/blocks.hpp"

namespace steq::models {
namespace {

Value number(std::size_t x) { return static_cast<std::int64_t>(x); }

}  // namespace

LayerSpec layer(const Conv& conv) {
  return {{"conv2d",
           {{"name", conv.name},
            {"out", number(conv.out)},
            {"kernel", number(conv.kernel)},
            {"stride", number(conv.stride)},
            {"padding", number(conv.padding)},
            {"bias", conv.bias},
            {"quantize", conv.quantize}}}};
}

LayerSpec dense(const std::string& name, std::size_t out, bool quantize) {
  return {{"dense", {{"name", name}, {"out", number(out)}, {"quantize", quantize}}}};
}

LayerSpec relu() { return {{"relu", {}}}; }
LayerSpec flatten() { return {{"flatten", {}}}; }
LayerSpec avg_pool(std::size_t kernel) { return {{"avg_pool2d", {{"kernel", number(kernel)}}}}; }
LayerSpec max_pool(std::size_t kernel, std::size_t stride, std::size_t padding) {
  return {{"max_pool2d", {{"kernel", number(kernel)}, {"stride", number(stride)}, {"padding", number(padding)}}}};
}
LayerSpec global_avg_pool() { return {{"global_avg_pool2d", {}}}; }
LayerSpec batch_norm(const std::string& name) { return {{"batch_norm2d", {{"name", name}}}}; }

LayerSpec residual(std::vector<LayerSpec> branch, std::vector<LayerSpec> shortcut) {
  return {{"residual", {}}, std::move(branch), std::move(shortcut)};
}

}  // namespace steq::models
