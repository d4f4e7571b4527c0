// SPDX-License-Identifier: MIT
#include "experiments/entry/found_run.hpp"

#include <fmt/format.h>

#include "experiments/config/config.hpp"
#include "experiments/config/named_files.hpp"
#include "records/build_info.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/run_contents.hpp"
#include "records/run_directory.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

bool is_empty_directory(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && fs::is_empty(path, error);
}

bool is_another(FoundRun& found) {
  if (!found.differences.empty() || !found.damage.empty()) found.state = RunState::another;
  return found.state == RunState::another;
}

/// Reads the checkpoint in `directory`, which makes the run `found.state`, or without one `otherwise`.
void look_at_checkpoint(const fs::path& directory, const RunIdentity& run, RunState otherwise, FoundRun& found) {
  collect(found.damage, [&] { found.checkpoint = find_checkpoint(directory); });
  if (found.damage.empty() && !found.checkpoint) {
    found.state = otherwise;
    return;
  }
  if (found.checkpoint) {
    const Json& about = found.checkpoint->checkpoint.about;
    found.differences = settings_differences(about.value("config", Json()), run.config, "config ");
    for (RunDifference& d : build_differences_to(about.value("build", Json())))
      found.differences.push_back(std::move(d));
  }
  if (is_another(found)) found.checkpoint.reset();
}

/// A place that the two configs name alike holds the same files, as far as anybody knows.
bool same_places(const Json& a, const Json& b) {
  const auto places = [](const Json& config) {
    std::vector<std::string> all{settings_of(config).value("data", Json()).dump()};
    for (const NamedFile& file : named_files(config)) all.push_back(file.text);
    return all;
  };
  return places(a) == places(b);
}

/// Runs `look` at the files of a finished run; what is wrong with them is its damage.
template <class Look>
void look_into(const fs::path& directory, FoundRun& found, const Look& look) {
  collect(found.damage, [&] {
    try {
      look([&](const char* name) {
        const std::string file = (directory / name).string();
        return parse_json(read_file(file), file);
      });
    } catch (const IoError& error) {
      throw InputError("", error.what());
    } catch (const Json::exception& error) {
      throw InputError(directory.string(), error.what());
    }
  });
}

void look_at_results(const fs::path& directory, const RunIdentity& run, FoundRun& found) {
  bool other_places = false;
  look_into(directory, found, [&](const auto& read) {
    const Json config = run.reread(read("config.json"), (directory / "config.json").string());
    found.differences = settings_differences(config, run.config, "");
    other_places = found.differences.empty() && !same_places(config, run.config);
    found.state =
        read("summary.json").value("status", Json()) == "interrupted" ? RunState::interrupted : RunState::complete;
  });
  if (other_places && found.damage.empty()) {
    const auto files = run.files();  // throws what is wrong with the new run's own
    look_into(directory, found,
              [&](const auto& read) { found.differences = file_differences(read("manifest.json"), files); });
  }
  if (!is_another(found) && found.state == RunState::interrupted)
    look_at_checkpoint(directory, run, RunState::stopped, found);
}

std::string told(const FoundRun& found) {
  return found.damage.empty() ? told(found.differences) : found.damage[0].place + " " + found.damage[0].text;
}

}  // namespace

FoundRun find_run(const fs::path& directory, const RunIdentity& run) {
  const fs::path place = run_place(directory), staging = staging_of(place);
  const bool nothing_yet = !is_there(place) || is_empty_directory(place);
  std::error_code error;
  if (is_there(staging)) {
    FoundRun found{.state = nothing_yet ? RunState::saved : RunState::replacing, .place = staging_of(directory)};
    const bool ours = fs::is_directory(staging, error) && is_unfinished_run(staging);
    look_at_checkpoint(staging, run, ours ? RunState::cut_off : RunState::foreign, found);
    if (found.state != RunState::cut_off || nothing_yet) return found;
  }  // what was cut off beside a directory is worth nothing
  FoundRun found{.place = directory};
  if (nothing_yet) return found;
  found.state = RunState::foreign;
  if (fs::is_directory(place, error) && is_run(place)) look_at_results(place, run, found);
  return found;
}

Action required_action(const FoundRun& found, Wish wish) {
  const Decision decision = decide(found.state, wish);
  if (decision.action != Action::refuse) return decision.action;
  if (found.state != RunState::another) throw InputError(found.place.string(), decision.text);
  if (wish == Wish::resume) {
    throw_if_any(found.damage);
    throw_if_any(as_problems(found.differences));
  }
  throw InputError(found.place.string(), fmt::format(fmt::runtime(decision.text), told(found)));
}

Json checkpoint_facts(const RunIdentity& run) {
  std::error_code error;
  Json facts{{"config", run.config}, {"build", build_json()}, {"directory", fs::current_path(error).string()}};
  facts.update(run.files());
  return facts;
}

void require_same_files(const Json& checkpoint, const RunIdentity& run) {
  throw_if_any(as_problems(file_differences(checkpoint, run.files())));
}

}  // namespace steq
