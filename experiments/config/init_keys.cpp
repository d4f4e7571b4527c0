// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"

namespace steq {
namespace {

bool from_file(const InitConfig& init) { return !init.file.empty(); }
bool drawn(const InitConfig& init) { return !from_file(init); }

void check_init(const ConfigNode& node, InitConfig&) {
  if (node.has("scheme") && node.has("file")) node.report("both scheme and file are given; allowed: one of them");
  if (node.has("file") && node.json.at("file") == "") node.at("file").refuse("the path of a safetensors file");
}

}  // namespace

const KeyTable<InitConfig>& init_keys() {
  static const KeyTable<InitConfig> table{
      .keys = {written_when<InitConfig>(value_key({.name = "scheme",
                                                   .kind = Kind::text,
                                                   .fallback = Value("he-uniform"),
                                                   .meaning = "distribution of the initial weights",
                                                   .words = {"he-uniform"}},
                                                  &InitConfig::scheme),
                                        drawn),
               written_when<InitConfig>(
                   value_key(
                       {.name = "file",
                        .kind = Kind::path,
                        .fallback = Value(""),
                        .meaning =
                            "safetensors file with all tensors of the network, in place of a scheme; in stages of a "
                            "study also stage:NAME/LEARNER"},
                       &InitConfig::file),
                   from_file)},
      .name_key = "scheme",
      .check = check_init};
  return table;
}

}  // namespace steq
