// SPDX-License-Identifier: MIT
#include "sim/core/plugin.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

const Registry<double(const Parameters&, double)>& registry() {
  static const Registry<double(const Parameters&, double)> registry(
      "toy", {{{.name = "scale",
                .summary = "",
                .formula = "",
                .citation = "",
                .parameters = {{.name = "by", .fallback = Value(2.0), .meaning = "factor", .min = 0}},
                .aliases = {{"multiply"}, {"double", "\"scale\" with by=2"}}},
               [](const Parameters& p, double x) {
                 if (p.number("by") * x > 1000) throw ParameterError("by", "too much; allowed: less");
                 return p.number("by") * x;
               }},
              {{.name = "zero", .summary = "", .formula = "", .citation = "", .parameters = {}},
               [](const Parameters&, double) { return 0.0; }}});
  return registry;
}

}  // namespace

TEST_CASE("a registry makes things by name with checked parameters", "[plugin]") {
  CHECK(registry().names() == std::vector<std::string>{"scale", "zero"});
  CHECK(registry().make(parse_spec("scale", ""), "toy", 3.0) == 6);
  CHECK(registry().make(parse_spec("scale:by=5", ""), "toy", 3.0) == 15);
  CHECK(registry().find("none") == nullptr);
}

TEST_CASE("a registry refuses unknown names and parameters", "[plugin]") {
  const auto make = [](const char* spec) { return registry().make(parse_spec(spec, ""), "--toy", 1.0); };
  CHECK_THROWS_WITH(make("scala"), "--toy: unknown toy \"scala\"; allowed: scale, zero; did you mean \"scale\"?");
  CHECK_THROWS_WITH(make("zero:by=1"), "--toy.by: unknown key; none is allowed here");
  CHECK_THROWS_WITH(make("scale:by=-1"), "--toy.by: -1 is not allowed; allowed: a number >= 0");
  CHECK_THROWS_WITH(make("multiply"), "--toy: unknown toy \"multiply\"; allowed: scale, zero; did you mean \"scale\"?");
  CHECK_THROWS_WITH(make("Double"),
                    "--toy: unknown toy \"Double\"; allowed: scale, zero; did you mean \"scale\" with by=2?");
  CHECK_THROWS_WITH(make("scale:by=1e9"), "--toy.by: too much; allowed: less");
}
