// SPDX-License-Identifier: MIT
// A plug-in whose line in its table was forgotten compiles, and is never seen: here it is missed, in every table of the
// house.
#include <catch2/catch.hpp>

#include "tests/experiments/temporary_directory.hpp"
#include "tests/plugin_files.hpp"

using namespace steq;

TEST_CASE("every plug-in that a folder defines stands in its table", "[plugins]") {
  std::vector<std::string> macros;
  for (const test::PluginTable& table : test::plugin_tables()) {
    INFO(table.macro << " in " << table.file.string());
    CHECK_FALSE(table.listed.empty());
    CHECK(table.defined == table.listed);
    macros.push_back(table.macro);
  }
  for (const char* known : {"STEQ_ESTIMATORS", "STEQ_QUANTIZERS", "STEQ_CODINGS", "STEQ_OPTIMIZERS", "STEQ_SCHEDULES",
                            "STEQ_LAYERS", "STEQ_MODELS", "STEQ_DATASETS", "STEQ_AUGMENTATIONS",
                            "STEQ_GRADIENT_SOURCES", "STEQ_METRICS", "STEQ_ASSUMPTIONS", "STEQ_PREDICTIONS",
                            "STEQ_FIGURES", "STEQ_RUN_TABLES", "STEQ_RUN_SECTIONS", "STEQ_SWEEP_SECTIONS"})
    CHECK(std::find(macros.begin(), macros.end(), known) != macros.end());
}

TEST_CASE("a plug-in without its line is missed", "[plugins]") {
  const testing::TemporaryDirectory directory;
  const std::string table =
      "#define STEQ_THINGS(entry) \\\n  entry(one)   \\\n  entry(two)\n\n"
      "#define STEQ_DECLARE_THING(name) std::optional<Thing> name(const Run& run);\n"
      "STEQ_THINGS(STEQ_DECLARE_THING)\n";
  testing::put(directory.file("registry.cpp"), table);
  testing::put(directory.file("one.cpp"), "std::optional<Thing> one(const Run& run) {\n}\n");
  testing::put(directory.file("more.cpp"),
               "int x;\nstd::optional<Thing> two(const Run& run) {\n}\n"
               "std::optional<Thing> forgotten(const Run& run) {\n}\n"
               "std::optional<Thing> helper(int run) {\n}\n");
  const test::PluginTable found = test::plugin_table(directory.file("registry.cpp"), table, "STEQ_THINGS");
  CHECK(found.listed == std::vector<std::string>{"one", "two"});
  CHECK(found.defined == std::vector<std::string>{"forgotten", "one", "two"});
}
