// SPDX-License-Identifier: MIT
#include "experiments/studies/study_stages.hpp"

#include <catch2/catch.hpp>

#include "tiny_chain.hpp"

using namespace steq;
using Catch::Contains;
using Catch::EndsWith;
using testing::tiny_chain;
using testing::tiny_chain_with;

namespace {

std::string refusal_of_chain(const Json& study, const StudyForm& form = {}) {
  return testing::message<InputError>([&] { read_study(study, "s.json", form); });
}

/// Of a chain whose second stage begins from this.
std::string refusal_of_source(const char* file) {
  return refusal_of_chain(tiny_chain_with("/variants/0/stages/1/set/init.file", file));
}

std::vector<std::string> columns_of(const StudyConfig& study) {
  std::vector<std::string> pairs;
  for (const Json& column : study.tables[0]["columns"]) pairs.push_back(column["of"]);
  return pairs;
}

}  // namespace

TEST_CASE("a stage is the document of its variant with its own changes", "[stages]") {
  const StudyConfig study = read_study(tiny_chain(), "s.json", {});
  REQUIRE(study.variants.size() == 1);
  const StudyVariant& variant = study.variants[0];
  REQUIRE(variant.stages.size() == 2);
  const ExperimentConfig pre = stage_config(study, variant, variant.stages[0], 2),
                         fine = stage_config(study, variant, variant.stages[1], 2);
  CHECK(pre.name == "two-pre");
  CHECK(pre.epochs == 1u);
  CHECK(pre.learners.size() == 3);
  CHECK(fine.name == "two-fine");
  CHECK(fine.steps == 6u);
  CHECK_FALSE(fine.epochs);
  CHECK(fine.recipe.optimizer.learning_rate == 0.05);
  CHECK(fine.learner("off").init.file == "stage:pre/q-hat");
  CHECK(fine.seed == 2);
  CHECK(resolved(variant_config(study, variant, 2)) == resolved(fine));
}

TEST_CASE("vary, the quick form and --set go to every stage; a stage's own changes come after vary", "[stages]") {
  Json document = tiny_chain();
  document["variants"][0]["vary"] = {{"batch_size", {10, 20}}, {"optimizer.learning_rate", {0.2}}};
  const StudyConfig study = read_study(document, "s.json", {.overrides = {"data.train_size=100"}});
  REQUIRE(study.variants.size() == 2);
  CHECK(study.variants[0].name == "two-10-0.2");
  for (const StudyStage& stage : study.variants[0].stages) {
    const ExperimentConfig config = stage_config(study, study.variants[0], stage, 1);
    CHECK(config.batch_size == 10);
    CHECK(config.recipe.optimizer.learning_rate == (stage.name == "pre" ? 0.2 : 0.05));
    CHECK(std::get<std::int64_t>(config.data.dataset.values.at("train_size")) == 100);
  }
  const StudyConfig quick = read_study(document, "s.json", {.quick = true});
  for (const StudyStage& stage : quick.variants[1].stages)
    CHECK(stage_config(quick, quick.variants[1], stage, 7).steps == 4u);
}

TEST_CASE("a resolved chain reads as itself", "[stages]") {
  Json document = tiny_chain();
  document["variants"][0]["stages"].push_back({{"name", "last"},
                                               {"set",
                                                {{"learners",
                                                  {{{"name", "x"}, {"init", {{"file", "stage:pre/copy"}}}},
                                                   {{"name", "y"}, {"init", {{"file", "stage:fine/on"}}}}}},
                                                 {"compare", Json::array({Json::array({"x", "y"})})},
                                                 {"optimizer", {{"type", "adam"}, {"learning_rate", 0.001}}}}}});
  for (const bool quick : {false, true}) {
    const StudyConfig study = read_study(document, "s.json", {.quick = quick});
    const Json once = resolved(study);
    const StudyConfig again = read_study(Json::parse(once.dump()), "again.json", {});
    CHECK(resolved(again).dump() == once.dump());
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(resolved(stage_config(again, again.variants[0], again.variants[0].stages[i], 2)).dump() ==
            resolved(stage_config(study, study.variants[0], study.variants[0].stages[i], 2)).dump());
  }
}

TEST_CASE("the pairs of a chain are those of its last stage, unless a stage is named", "[stages]") {
  CHECK(columns_of(read_study(tiny_chain(), "s.json", {})) ==
        std::vector<std::string>{"two: on / off", "two: on / other seed"});
  Json document = tiny_chain();
  const auto column = [](const char* of) { return Json{{"title", "x"}, {"of", of}}; };
  document["tables"] = {{{"name", "t"},
                         {"columns",
                          {column("two/fine: on / off"), column("two/pre: q-hat / ste"), column("two: on / off"),
                           column("two/fine: on / other seed")}}}};
  document["published"] = {
      {{"of", "two/fine: on / off"}, {"row", "test_accuracy_a"}, {"value", 0.5}, {"citation", "Somebody"}},
      {{"of", "two/pre: q-hat / ste"}, {"row", "test_accuracy_a"}, {"value", 0.5}, {"citation", "Somebody"}}};
  document["expect"] = {{{"value", "two/pre: q-hat / copy: different_levels"}, {"at_most", 0.0}},
                        {{"value", "two/fine: on / off: different_levels"},
                         {"at_least", 0.0},
                         {"times", "two/fine: on / off: different_levels"}}};
  const StudyConfig study = read_study(document, "s.json", {});
  CHECK(columns_of(study) ==
        std::vector<std::string>{"two: on / off", "two/pre: q-hat / ste", "two: on / off", "two: on / other seed"});
  CHECK(study.published[0]["of"] == "two: on / off");
  CHECK(study.published[1]["of"] == "two/pre: q-hat / ste");
  CHECK(study.expect[0]["value"] == "two/pre: q-hat / copy: different_levels");
  CHECK(study.expect[1]["value"] == "two: on / off: different_levels");
  CHECK(study.expect[1]["times"] == "two: on / off: different_levels");
  document["tables"][0]["columns"][0]["of"] = "two/pre: on / off";
  CHECK_THAT(refusal_of_chain(document),
             Contains("s.json: tables[0].columns[0].of: \"two/pre: on / off\" is not allowed"));
  document["tables"][0]["columns"][0]["of"] = "two/pre: q-hat / other seed";
  CHECK_THAT(refusal_of_chain(document), Contains("tables[0].columns[0].of: \"two/pre: q-hat / other seed\""));
}

TEST_CASE("a stage takes weights of earlier stages and of their learners alone", "[stages]") {
  CHECK_THAT(refusal_of_source("stage:prre/q-hat"),
             EndsWith("s.json: variant two/fine: init.file: \"stage:prre/q-hat\" is not allowed; allowed: "
                      "stage:NAME/LEARNER with the name of an earlier stage: pre; did you mean \"pre\"?"));
  CHECK_THAT(
      refusal_of_source("stage:pre/q-hut"),
      EndsWith("s.json: variant two/fine: init.file: \"stage:pre/q-hut\" is not allowed; allowed: "
               "stage:pre/LEARNER with the name of one of its learners: q-hat, ste, copy; did you mean \"q-hat\"?"));
  for (const char* none : {"stage:fine/on", "stage:pre", "stage:/q-hat", "stage:pre/", "stage:"})
    CHECK_THAT(refusal_of_source(none), EndsWith("is not allowed; allowed: stage:NAME/LEARNER with the name of an "
                                                 "earlier stage: pre"));
  Json first = tiny_chain();
  first["variants"][0]["stages"][0]["set"] = {{"learners.0.init.file", "stage:fine/on"}};
  CHECK_THAT(
      refusal_of_chain(first),
      Contains("s.json: variant two/pre: learners[0].init.file: \"stage:fine/on\" is not allowed; allowed: the path "
               "of a file: no stage comes before this one"));
}

TEST_CASE("stage: is refused where there are no stages", "[stages]") {
  Json plain = testing::tiny_study();
  plain["variants"][0]["set"] = {{"init.file", "stage:pre/q-hat"}};
  const char* told =
      "init.file: \"stage:pre/q-hat\" is not allowed; allowed: the path of a file (stage:NAME/LEARNER is an earlier "
      "stage, which only a variant of a study with \"stages\" has)";
  CHECK_THAT(refusal_of_chain(plain), EndsWith(std::string("s.json: variant rate-0.1: ") + told));
  Json config = testing::tiny();
  config["learners"][1]["init"] = {{"file", "stage:pre/q-hat"}};
  CHECK_THAT(testing::message<InputError>([&] { read_config(config, "c.json"); }),
             Contains(std::string("c.json: learners[1].") + told));
}

TEST_CASE("every mistake of a list of stages has its place, value and what is allowed", "[stages]") {
  const auto with = [](const char* pointer, const Json& value) {
    return refusal_of_chain(tiny_chain_with(pointer, value));
  };
  CHECK_THAT(
      with("/variants/0/stages", Json::array()),
      EndsWith("s.json: variants[0].stages: [] is not allowed; allowed: an array of at least one stage, {\"name\", "
               "\"set\"}"));
  CHECK_THAT(with("/variants/0/stages", "pre"), Contains("s.json: variants[0].stages: \"pre\" is not allowed"));
  CHECK_THAT(with("/variants/0/stages/0", 1), Contains("s.json: variants[0].stages[0]: 1 is not allowed"));
  CHECK_THAT(with("/variants/0/stages/1/name", "pre"),
             Contains("s.json: variants[0].stages[1].name: \"pre\" is the name of an earlier stage; allowed: a name of "
                      "its own"));
  CHECK_THAT(with("/variants/0/stages/1/name", "a/b"),
             Contains("s.json: variants[0].stages[1].name: \"a/b\" is not allowed; allowed: letters, digits"));
  CHECK_THAT(with("/variants/0/stages/1/name", "pre.partial"),
             Contains("s.json: variants[0].stages[1].name: \"pre.partial\" is not allowed; allowed: a name without"));
  CHECK_THAT(with("/variants/0/stages/1/sets", Json::object()),
             Contains("s.json: variants[0].stages[1].sets: unknown key") && Contains("did you mean \"set\"?"));
  CHECK_THAT(with("/variants/0/stages/1/set", 3), Contains("s.json: variants[0].stages[1].set: 3 is not allowed"));
  CHECK_THAT(with("/variants/0/stages/1/set/optimizer.rate", 3),
             Contains("s.json: variant two/fine: optimizer.rate: unknown key"));
  Json nameless = tiny_chain();
  nameless["variants"][0]["stages"][0].erase("name");
  CHECK_THAT(refusal_of_chain(nameless), Contains("s.json: variants[0].stages[0].name: missing"));
}

TEST_CASE("what is wrong in a stage is told once, of however many variants", "[stages]") {
  Json document = tiny_chain_with("/variants/0/stages/1/set/a..b", 1);
  document["variants"][0]["vary"] = {{"batch_size", {10, 20}}};
  const std::string told = refusal_of_chain(document);
  const std::string place = "variants[0].stages[1].set.a..b";
  REQUIRE_THAT(told, Contains(place));
  CHECK(told.find(place, told.find(place) + 1) == told.npos);
}
