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
  /// True where what an update adds is rounded, in every trained tensor, quantized or not: add() then does the addition.
  virtual bool rounds_changes() const = 0;

  /// Changes latent weights to what is kept of them; `place` has the frame of the grid of the update.
  virtual void keep(std::span<float> w, const BlockPlace& place) const = 0;
  virtual void keep(std::span<double> w, const BlockPlace& place) const = 0;

  /// Adds `change` to weights as it is stored; `change` is overwritten.
  virtual void add(std::span<float> w, std::span<float> change, const BlockPlace& place) const = 0;
  virtual void add(std::span<double> w, std::span<double> change, const BlockPlace& place) const = 0;
};

/// The storage that follows a rule: a struct whose keep() and add() are templates over the precision; without them all is
/// kept.
template <class Rule>
class StorageOf final : public Storage {
 public:
  explicit StorageOf(Rule rule) : rule_(rule) {}

  bool trains() const override {
    if constexpr (requires { Rule::kTrains; }) return Rule::kTrains;
    return true;
  }
  bool keeps_all() const override {
    return !requires(const Rule& rule, std::span<double> w, const BlockPlace& place) { rule.keep(w, place); };
  }
  bool rounds_changes() const override {
    return requires(const Rule& rule, std::span<double> w, const BlockPlace& place) { rule.add(w, w, place); };
  }
  void keep(std::span<float> w, const BlockPlace& place) const override { keep_by_rule(w, place); }
  void keep(std::span<double> w, const BlockPlace& place) const override { keep_by_rule(w, place); }
  void add(std::span<float> w, std::span<float> change, const BlockPlace& place) const override {
    add_by_rule(w, change, place);
  }
  void add(std::span<double> w, std::span<double> change, const BlockPlace& place) const override {
    add_by_rule(w, change, place);
  }

 private:
  template <class T>
  void keep_by_rule([[maybe_unused]] std::span<T> w, [[maybe_unused]] const BlockPlace& place) const {
    if constexpr (requires { rule_.keep(w, place); }) rule_.keep(w, place);
  }
  template <class T>
  void add_by_rule([[maybe_unused]] std::span<T> w, [[maybe_unused]] std::span<T> change,
                   [[maybe_unused]] const BlockPlace& place) const {
    if constexpr (requires { rule_.add(w, change, place); }) rule_.add(w, change, place);
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
