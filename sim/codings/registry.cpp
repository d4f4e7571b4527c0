// SPDX-License-Identifier: MIT
#include "sim/codings/coding.hpp"
#include "sim/codings/quantizer_coding.hpp"

// One line for each coding: the name of its file and of the function in it that returns its entry.
// clang-format off
#define STEQ_CODINGS(entry) \
  entry(residual)           \
  entry(product)
// clang-format on

namespace steq {
namespace codings {
#define STEQ_DECLARE(name) CodingRegistry::Entry name();
STEQ_CODINGS(STEQ_DECLARE)
}  // namespace codings

const CodingRegistry& coding_registry() {
#define STEQ_ENTRY(name) codings::name(),
  static const CodingRegistry registry("coding", {STEQ_CODINGS(STEQ_ENTRY)});
  return registry;
}

std::vector<std::string> coding_names() {
  std::vector<std::string> names = quantizer_registry().names();
  std::erase(names, "none");
  for (const std::string& name : coding_registry().names()) names.push_back(name);
  return names;
}

std::vector<std::string> weighing_names() {
  std::vector<std::string> names = coding_names();
  std::erase_if(names, [](const std::string& name) {
    const auto* coding = coding_registry().find(name);
    return !make_coding(example_of(coding ? coding->info : quantizer_registry().find(name)->info), "")->weighs();
  });
  return names;
}

std::unique_ptr<Coding> make_coding(const Spec& spec, const std::string& place) {
  if (coding_registry().find(spec.name)) return coding_registry().make(spec, place);
  if (quantizer_registry().find(spec.name)) return quantizer_coding(spec, place);
  const std::vector<std::string> names = coding_names();
  throw InputError(place, fmt::format("unknown quantizer \"{}\"; allowed: {}{}", spec.name, join(names),
                                      suggestion(spec.name, names)));
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
