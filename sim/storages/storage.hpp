// SPDX-License-Identifier: MIT
// A storage says what is kept of a latent weight when the optimizer's rule has moved it.
#pragma once

#include <memory>
#include <span>

#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// Immutable.
class Storage {
 public:
  virtual ~Storage() = default;

  /// False where latent weights never move.
  virtual bool trains() const = 0;
  /// True where keep() changes nothing.
  virtual bool keeps_all() const = 0;

  /// Changes latent weights to what is kept of them; `frame` is that of the grid of the update.
  virtual void keep(std::span<float> w, const GridFrame& frame) const = 0;
  virtual void keep(std::span<double> w, const GridFrame& frame) const = 0;
};

/// The storage that follows a rule: a struct whose keep() is a template over the precision; without it all is kept.
template <class Rule>
class StorageOf final : public Storage {
 public:
  explicit StorageOf(Rule rule) : rule_(rule) {}

  bool trains() const override {
    if constexpr (requires { Rule::kTrains; }) return Rule::kTrains;
    return true;
  }
  bool keeps_all() const override {
    return !requires(const Rule& rule, std::span<double> w, const GridFrame& frame) { rule.keep(w, frame); };
  }
  void keep(std::span<float> w, const GridFrame& frame) const override { keep_by_rule(w, frame); }
  void keep(std::span<double> w, const GridFrame& frame) const override { keep_by_rule(w, frame); }

 private:
  template <class T>
  void keep_by_rule([[maybe_unused]] std::span<T> w, [[maybe_unused]] const GridFrame& frame) const {
    if constexpr (requires { rule_.keep(w, frame); }) rule_.keep(w, frame);
  }

  Rule rule_;
};

using StorageRegistry = Registry<std::unique_ptr<Storage>(const Parameters&)>;
const StorageRegistry& storage_registry();

/// The entry of a storage; `make` turns parameters into its rule.
template <class Make>
StorageRegistry::Entry storage_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&>;
  return {std::move(info), [make](const Parameters& p) -> std::unique_ptr<Storage> {
            return std::make_unique<StorageOf<Rule>>(make(p));
          }};
}

}  // namespace steq
