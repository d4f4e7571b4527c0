// SPDX-License-Identifier: MIT
// Runs the program as a user would, in a fresh directory, and looks at everything that it did.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <map>
#include <thread>
#include <vector>

#include "records/json_values.hpp"
#include "tests/experiments/temporary_directory.hpp"

namespace steq::testing {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

struct Outcome {
  int code = 0;  ///< of exit, or 128 + the signal
  std::string out, err;
};

/// Every path below a directory with its content; folders have none.
using Tree = std::map<std::string, std::string>;

inline Tree tree_of(const fs::path& directory) {
  Tree tree;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    tree[entry.path().lexically_relative(directory).string()] = entry.is_regular_file() ? get(entry.path()) : "";
  return tree;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// A command under way; its streams go to files of their own.
class Process {
 public:
  Process(const fs::path& directory, Words words, bool with_gnuplot = false, int error_stream = -1) {
    std::vector<std::string> environment;
    for (char** variable = environ; *variable; ++variable)
      if (with_gnuplot || !std::string(*variable).starts_with("PATH=")) environment.emplace_back(*variable);
    if (!with_gnuplot) environment.emplace_back("PATH=/nowhere");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, streams_.file("out").c_str(), flags, 0666);
    if (error_stream >= 0)
      posix_spawn_file_actions_adddup2(&actions, error_stream, STDERR_FILENO);
    else
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, streams_.file("err").c_str(), flags, 0666);
    posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    const int failed =
        posix_spawn(&child_, words[0].c_str(), &actions, nullptr, pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    REQUIRE(failed == 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (child_ > 0) ::kill(child_, SIGKILL), ::waitpid(child_, nullptr, 0);
  }

  void send(int signal) const { ::kill(child_, signal); }

  /// Returns when the file is there, or the program has ended.
  void wait_for(const fs::path& file) {
    siginfo_t ended{};
    while (!fs::exists(file) && ::waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  Outcome wait() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > deadline) FAIL("the program does not end");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    child_ = 0;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), get(streams_.file("out")),
            get(streams_.file("err"))};
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }

  TemporaryDirectory streams_;
  pid_t child_ = 0;
};

/// A fresh directory in which the program is called; without gnuplot, which takes longer than the training.
class Playground {
 public:
  const fs::path& path() const { return directory_.path(); }
  std::string file(const std::string& name) const { return directory_.file(name); }
  Tree tree() const { return tree_of(path()); }

  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path() / name).parent_path());
    put(path() / name, bytes);
  }
  void write_json(const std::string& name, const Json& json) const { write(name, json.dump(2)); }
  std::string read(const std::string& name) const {
    INFO(name);
    REQUIRE(fs::is_regular_file(path() / name));
    return get(path() / name);
  }
  Json json(const std::string& name) const { return Json::parse(read(name)); }

  Outcome steq(const Words& arguments) const { return Process(path(), command(arguments)).wait(); }
  Outcome steq_with_gnuplot(const Words& arguments) const { return Process(path(), command(arguments), true).wait(); }
  /// A line of shell in which "$0" is the program.
  Outcome shell(const std::string& line) const { return Process(path(), {"/bin/sh", "-c", line, STEQ_PROGRAM}).wait(); }

  /// A call that must succeed and say nothing but warnings on standard error, with no progress; what it wrote to
  /// standard output.
  std::string good(const Words& arguments) const {
    Words words = arguments;
    const bool shows_progress = words[0] == "run" || words[0] == "reproduce";
    if (shows_progress && std::ranges::find(words, "--quiet") == words.end()) words.emplace_back("--quiet");
    const Outcome outcome = steq(words);
    CAPTURE(arguments, outcome.out, outcome.err);
    REQUIRE(outcome.code == 0);
    for (const std::string& line : lines_of(outcome.err)) CHECK_THAT(line, Catch::StartsWith("steq: warning: "));
    return outcome.out;
  }
  Json good_json(const Words& arguments) const { return Json::parse(good(arguments)); }

  /// A call that must end with `code` and one message of as many lines as there are `problems`, each the whole line or
  /// the beginning of it; nothing on standard output, and nothing changed or left behind.
  void refused(const Words& arguments, int code, const std::vector<std::string>& problems) const {
    const Tree before = tree();
    const Outcome outcome = steq(arguments);
    CAPTURE(arguments, outcome.err);
    CHECK(outcome.code == code);
    CHECK(outcome.out.empty());
    const std::vector<std::string> lines = lines_of(outcome.err);
    CHECK(lines.size() == problems.size());
    for (std::size_t i = 0; i < std::min(lines.size(), problems.size()); ++i)
      CHECK_THAT(lines[i], Catch::StartsWith((i == 0 ? "steq: " : "") + problems[i]));
    CHECK(tree() == before);
  }

  static Words command(const Words& arguments) {
    Words words{STEQ_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace steq::testing
