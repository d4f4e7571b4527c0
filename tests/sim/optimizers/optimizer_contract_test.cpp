// SPDX-License-Identifier: MIT
// What is no optimizer's rule: a struct in which one function is missing or has another type is refused when it is
// compiled.
#include <catch2/catch.hpp>

#include "sim/optimizers/optimizer.hpp"

using namespace steq;

namespace {

struct Still {
  std::size_t state_count() const { return 0; }
  UpdateRule rule() const { return SignRule{}; }
  template <class T>
  void apply(const UpdateBlock<T>&, const UpdateContext&) const {}
};

// A deleted function is one that cannot be called, as a forgotten one.
struct WithoutStates : Still {
  std::size_t state_count() const = delete;
};
struct WithoutRule : Still {
  UpdateRule rule() const = delete;
};
struct RuleOfAnotherType : Still {
  SignRule rule() const { return {}; }
};
struct FloatOnly : Still {
  void apply(const UpdateBlock<float>&, const UpdateContext&) const {}
};
struct Changing : Still {
  template <class T>
  void apply(const UpdateBlock<T>&, const UpdateContext&) {}
};

static_assert(OptimizerRule<Still>);
static_assert(!OptimizerRule<WithoutStates>);
static_assert(!OptimizerRule<WithoutRule>);
static_assert(!OptimizerRule<RuleOfAnotherType>);
static_assert(!OptimizerRule<FloatOnly>);
static_assert(!OptimizerRule<Changing>);
static_assert(!OptimizerRule<int>);

}  // namespace

TEST_CASE("an optimizer is its rule with the options that all have", "[optimizers]") {
  const OptimizerRegistry::Entry entry =
      optimizer_entry({.name = "still", .summary = "", .formula = "", .citation = "", .parameters = {}},
                      [](const Parameters&) { return Still{}; });
  const auto optimizer = entry.make(resolve(entry.info.parameters, {{"clip_norm", 2.0}}, ""));
  CHECK(optimizer->options().clip_norm == 2);
  CHECK_FALSE(optimizer->coordinate_wise());
  CHECK(optimizer->scale_invariant());
  CHECK(optimizer->state_count() == 0);
}
