// SPDX-License-Identifier: MIT
#include "experiments/terminal/progress.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace steq;
using Catch::Contains;

namespace {

/// A screen that remembers, with a clock of its own.
struct Screen {
  std::vector<std::string> texts;
  std::size_t width = 80;
  ProgressScreen::Clock::time_point now{};

  ProgressScreen as(ProgressScreen::Form form) {
    return {.form = form,
            .width = [this] { return width; },
            .write = [this](const std::string& text) { texts.push_back(text); },
            .now = [this] { return now; }};
  }
};

std::string bar_in(const std::string& text) { return text.substr(text.rfind('K') + 1); }

}  // namespace

TEST_CASE("The bar fits whatever width the terminal has at that moment", "[progress]") {
  Screen screen;
  Progress progress("mnist-dsq-2bit-baseline", 300000, "", screen.as(ProgressScreen::Form::bar));
  for (std::size_t width = 1; width <= 200; ++width) {
    screen.width = width;
    screen.now += std::chrono::seconds(1);
    progress.show(100000 + width, "loss 0.1234");
    CHECK(screen.texts.back().starts_with("\r\x1b[K"));
    CHECK(bar_in(screen.texts.back()).size() < std::max<std::size_t>(width, 2));
    if (width >= 30) CHECK_THAT(screen.texts.back(), Contains("/300000"));
    if (width >= 40) CHECK_THAT(screen.texts.back(), Contains(" left"));
    if (width >= 80) CHECK_THAT(screen.texts.back(), Contains("[===") && Contains("loss 0.1234"));
  }
}

TEST_CASE("The bar is redrawn ten times a second and at the end, and goes without a trace", "[progress]") {
  Screen screen;
  {
    Progress progress("x", 100, "", screen.as(ProgressScreen::Form::bar));
    for (std::size_t i = 1; i < 100; ++i) {
      progress.show(i, "");
      screen.now += std::chrono::milliseconds(10);
    }
    CHECK(screen.texts.size() == 10);
    progress.show(100, "");
    CHECK_THAT(screen.texts.back(), Contains("100/100"));
  }
  CHECK(screen.texts.back() == "\r\x1b[K");
}

TEST_CASE("Lines begin with the plan and come once a minute, with an estimate and nothing for terminals",
          "[progress]") {
  Screen screen;
  {
    Progress progress("x", 600, "600 steps, 2 learners", screen.as(ProgressScreen::Form::lines));
    for (std::size_t i = 1; i <= 600; ++i) {
      screen.now += std::chrono::seconds(1);
      progress.show(i, "loss 0.5");
    }
    progress.tell("interrupted");
  }
  REQUIRE(screen.texts.size() == 12);
  CHECK(screen.texts[0] == "x: 600 steps, 2 learners\n");
  CHECK(screen.texts[1] == "x: 60 of 600 (10 %), loss 0.5, 9 min left\n");
  CHECK(screen.texts[10] == "x: 600 of 600 (100 %), loss 0.5, 0 s left\n");
  CHECK(screen.texts[11] == "x: interrupted\n");
}

TEST_CASE("A job that goes on is measured by what it did itself", "[progress]") {
  Screen screen;
  Progress progress("x", 1000, "", screen.as(ProgressScreen::Form::lines));
  progress.start_at(900);
  screen.now += std::chrono::minutes(1);
  progress.show(950, "");
  CHECK_THAT(screen.texts.back(), Contains("1 min left"));
}

TEST_CASE("Quiet is quiet", "[progress]") {
  Screen screen;
  {
    Progress progress("x", 2, "plan", screen.as(ProgressScreen::Form::none));
    progress.show(2, "");
    progress.tell("anything");
  }
  CHECK(screen.texts.empty());
}
