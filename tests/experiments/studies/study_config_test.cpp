// SPDX-License-Identifier: MIT
#include "experiments/studies/study_config.hpp"

#include <catch2/catch.hpp>

#include "tests/experiments/preset_kinds.hpp"
#include "tiny_study.hpp"

using namespace steq;
using Catch::Contains;
using testing::tiny_study;

namespace {

std::string refusal_of_study(const Json& study, const StudyForm& form = {}) {
  return testing::message<InputError>([&] { read_study(study, "s.json", form); });
}

Json study_with(const std::string& pointer, const std::string& value) {
  Json study = tiny_study();
  study[Json::json_pointer(pointer)] = Json::parse(value);
  return study;
}

}  // namespace

TEST_CASE("vary makes a variant of every combination, named after its values") {
  Json document =
      study_with("/variants/0/vary", R"({"optimizer.learning_rate": [0.0003, 1e-2], "batch_size": [10, 20]})");
  document.erase("tables");
  const StudyConfig study = read_study(document, "s.json", {});
  CHECK(study.tables[0]["columns"].size() == 12);  // without tables there is one, of all that is measured
  std::vector<std::string> names;
  for (const StudyVariant& variant : study.variants) names.push_back(variant.name);
  CHECK(names == std::vector<std::string>{"rate-0.0003-10", "rate-0.0003-20", "rate-0.01-10", "rate-0.01-20"});
  const ExperimentConfig last = variant_config(study, study.variants[3], 5);
  CHECK(last.recipe.optimizer.learning_rate == 0.01);
  CHECK(last.batch_size == 20);
  CHECK(last.seed == 5);
  CHECK(last.name == "rate-0.01-20");
  CHECK(last.record.weights_every_epochs == 0);
}

TEST_CASE("the quick form changes every variant, chooses among them and drops the columns of the others") {
  Json document = tiny_study();
  document["tables"][0]["columns"].push_back({{"title", "High"}, {"of", "rate-0.2: q-hat / ste"}});
  CHECK(read_study(document, "s.json", {}).tables[0]["columns"].size() == 3);
  const StudyConfig quick = read_study(document, "s.json", {.quick = true});
  CHECK(quick.seeds == std::vector<std::uint64_t>{7});
  REQUIRE(quick.variants.size() == 1);
  CHECK(variant_config(quick, quick.variants[0], 7).steps == 4u);
  CHECK_FALSE(variant_config(quick, quick.variants[0], 7).epochs);
  REQUIRE(quick.tables[0]["columns"].size() == 1);
  CHECK(quick.tables[0]["columns"][0]["title"] == "Default");
}

TEST_CASE("--seeds takes the place of the study's seeds, --data goes to variants that read files") {
  Json document = tiny_study();
  document["variants"].push_back({{"name", "files"}, {"set", {{"data", {{"dataset", "mnist"}}}}}});
  const StudyConfig study = read_study(document, "s.json", {.data = "DIR", .seeds = 3});
  CHECK(study.seeds == std::vector<std::uint64_t>{1, 2, 3});
  CHECK(std::get<std::string>(variant_config(study, study.variants[2], 1).data.dataset.values.at("path")) == "DIR");
  CHECK_FALSE(variant_config(study, study.variants[0], 1).data.dataset.values.contains("path"));
}

TEST_CASE("without --data a config keeps its own data.path, and one without looks into data") {
  const auto path_of = [](const Json& data, const StudyForm& form) {
    Json document = tiny_study();
    document["base"]["data"] = data;
    const StudyConfig study = read_study(document, "s.json", form);
    return std::get<std::string>(variant_config(study, study.variants[0], 1).data.dataset.values.at("path"));
  };
  CHECK(path_of({{"dataset", "mnist"}, {"path", "MINE"}}, {}) == "MINE");
  CHECK(path_of("mnist:path=MINE", {}) == "MINE");
  CHECK(path_of({{"dataset", "mnist"}, {"path", "MINE"}}, {.data = "DIR"}) == "DIR");
  CHECK(path_of({{"dataset", "mnist"}}, {}) == "data");
}

TEST_CASE("a dataset's own folder in the data directory is preferred") {
  const testing::TemporaryDirectory data;
  std::filesystem::create_directory(data.path() / "mnist");
  const StudyConfig study =
      read_study(study_with("/base/data", R"({"dataset": "mnist"})"), "s.json", {.data = data.path().string()});
  CHECK(std::get<std::string>(variant_config(study, study.variants[0], 1).data.dataset.values.at("path")) ==
        (data.path() / "mnist").string());
}

TEST_CASE("a resolved study reads as itself") {
  const StudyConfig study = read_study(tiny_study(), "s.json", {});
  const Json once = resolved(study);
  const StudyConfig again = read_study(Json::parse(once.dump()), "again.json", {});
  CHECK(resolved(again).dump() == once.dump());
  CHECK(resolved(variant_config(again, again.variants[1], 2)).dump() ==
        resolved(variant_config(study, study.variants[1], 2)).dump());
}

TEST_CASE("every mistake of a study has its place, value and what is allowed") {
  CHECK_THAT(refusal_of_study(study_with("/seeds", "[]")),
             Contains("s.json: seeds: [] is not allowed; allowed: an array of at least"));
  CHECK_THAT(refusal_of_study(study_with("/seeds", "[1, 1]")), Contains("s.json: seeds: [1,1] is not allowed"));
  CHECK_THAT(refusal_of_study(study_with("/variants", "[]")), Contains("s.json: variants: [] is not allowed"));
  CHECK_THAT(refusal_of_study(study_with("/variants/0/name", "\"a/b\"")),
             Contains("s.json: variant a/b-0.1: name: \"a/b-0.1\" is not"));
  CHECK_THAT(refusal_of_study(study_with("/variants/0/sett", "{}")),
             Contains("s.json: variants[0].sett: unknown key; allowed: ") && Contains("did you mean \"set\"?"));
  CHECK_THAT(refusal_of_study(study_with("/variants/0/vary/optimizer.learning_rate", "[]")),
             Contains("s.json: variants[0].vary.optimizer.learning_rate: [] is not allowed"));
  CHECK_THAT(refusal_of_study(study_with("/variants/0/set", R"({"optimizer.rate": 1})")),
             Contains("s.json: variant rate-0.1: optimizer.rate: unknown key"));
  CHECK_THAT(refusal_of_study(study_with("/set", R"({"a..b": 1})")),
             Contains("s.json: set.a..b: a part of the path is empty"));
  CHECK_THAT(refusal_of_study(study_with("/base", "\"quickstrat\"")), Contains("did you mean \"quickstart\"?"));
  CHECK_THAT(refusal_of_study(study_with("/variants", R"([{"name": "x"}, {"name": "x"}])")),
             Contains("\"x\" is the name of two variants"));
  CHECK_THAT(refusal_of_study(study_with("/tables/0/columns/0/of", "\"rate-0.1: q-hat / stee\"")),
             Contains("s.json: tables[0].columns[0].of: ") && Contains("did you mean \"rate-0.1: q-hat / ste\"?"));
  CHECK_THAT(refusal_of_study(
                 study_with("/figure", R"({"type": "regime-map", "x": "optimizer.rate", "by": "optimizer.type"})")),
             Contains("s.json: figure.x: \"optimizer.rate\" is not allowed"));
  CHECK_THAT(refusal_of_study(study_with("/expect", R"([{"value": "rate-0.1", "at_most": 1}])")),
             Contains("s.json: expect[0].value: \"rate-0.1\" is not allowed"));
  CHECK_THAT(refusal_of_study(study_with("/quick/variants", R"(["rate-0.3"])"), {.quick = true}),
             Contains("s.json: quick.variants[0]: \"rate-0.3\" is not allowed"));
  Json slow = tiny_study();
  slow.erase("quick");
  CHECK_THAT(refusal_of_study(slow, {.quick = true}), Contains("s.json: quick: missing"));
}

TEST_CASE("problems are told all at once") {
  Json study = study_with("/seeds", "[]");
  study["variants"][0]["set"] = {{"optimizer.rate", 1}};
  CHECK_THAT(refusal_of_study(study), Contains("seeds") && Contains("optimizer.rate"));
}

TEST_CASE("every study preset can be read in both forms, and its quick form reads no files") {
  std::size_t studies = 0;
  for (const Preset& preset : presets()) {
    if (testing::kind_of(preset) != "study") continue;
    INFO(preset.name);
    ++studies;
    const Json document = load_document(preset.name);
    const StudyConfig full = read_study(document, preset.name, {});
    const StudyConfig quick = read_study(document, preset.name, {.quick = true});
    CHECK(full.name == preset.name);
    CHECK(full.variants.size() >= quick.variants.size());
    CHECK_FALSE(quick.expect.empty());
    for (const StudyVariant& variant : quick.variants) {
      const std::string dataset = variant_config(quick, variant, 1).data.dataset.name;
      CHECK((dataset == "synthetic-digits" || dataset == "planes"));  // which need no files
    }
  }
  CHECK(studies == 13);
}

TEST_CASE("the full study of learning rates has the published rates and both optimizers") {
  const StudyConfig study = read_study(load_document("learning-rate"), "learning-rate", {});
  std::vector<std::string> names;
  for (const StudyVariant& variant : study.variants) names.push_back(variant.name);
  CHECK(names == std::vector<std::string>{"sgd-0.0003", "sgd-0.001", "sgd-0.003", "sgd-0.01", "sgd-0.03", "sgd-0.1",
                                          "adam-0.0001", "adam-0.0003", "adam-0.001", "adam-0.003", "adam-0.01",
                                          "adam-0.03", "adam-0.1"});
}
