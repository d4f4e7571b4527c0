// SPDX-License-Identifier: MIT
#include "experiments/terminal/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "experiments/terminal/talk.hpp"

namespace steq {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";
constexpr std::size_t kUsualWidth = 80;

std::size_t terminal_width() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsualWidth;
}

bool is_terminal() {
  const char* name = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) && !(name && std::string(name) == "dumb");
}

}  // namespace

ProgressScreen standard_screen(bool quiet) {
  using Form = ProgressScreen::Form;
  return {.form = quiet ? Form::none : is_terminal() ? Form::bar : Form::lines, .width = terminal_width, .write = talk};
}

Progress::Progress(std::string title, std::size_t total, const std::string& plan, ProgressScreen screen)
    : facts_{.title = std::move(title), .total = total, .detail = ""},
      screen_(std::move(screen)),
      start_(screen_.now()),
      shown_(start_) {
  if (screen_.form == ProgressScreen::Form::lines) tell(plan);
}

Progress::~Progress() {
  if (screen_.form == ProgressScreen::Form::bar) screen_.write(kEraseLine);
}

void Progress::show(std::size_t done, const std::string& detail) {
  using Form = ProgressScreen::Form;
  const auto now = screen_.now();
  const bool bar = screen_.form == Form::bar, first_or_last = bar && (!drawn_ || done == facts_.total);
  const auto pause = bar ? std::chrono::milliseconds(100) : std::chrono::milliseconds(60'000);
  if (screen_.form == Form::none || (!first_or_last && now - shown_ < pause)) return;
  shown_ = now;
  drawn_ = true;
  facts_.done = done;
  facts_.detail = detail;
  facts_.seconds_left = seconds_left(first_, done, facts_.total, std::chrono::duration<double>(now - start_).count());
  screen_.write(bar ? kEraseLine + progress_bar(facts_, screen_.width()) : progress_line(facts_) + "\n");
}

void Progress::tell(const std::string& text) {
  if (screen_.form == ProgressScreen::Form::none) return;
  const bool bar = screen_.form == ProgressScreen::Form::bar;
  screen_.write((bar ? kEraseLine : "") + facts_.title + ": " + text + "\n");
}

}  // namespace steq
