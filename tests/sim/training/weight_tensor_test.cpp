// SPDX-License-Identifier: MIT
// One tensor with prescribed gradients: the pass itself, and the paper's equivalence for directed motion.
#include "sim/training/weight_tensor.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "sim/core/random.hpp"
#include "tests/recipes.hpp"
#include "tests/slow/recipe.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

namespace {

constexpr std::size_t kTensorWeights = 2500;  // two blocks and a part
constexpr double kFanIn = 24;                 // W = 1/2

std::vector<double> uniform(std::uint32_t index, double low, double high) {
  RandomStream random(4, Purpose::synthetic_data, 0, index);
  std::vector<double> values(kTensorWeights);
  for (double& value : values) value = low + (high - low) * random.uniform();
  return values;
}

/// Made once; tensors refer to it.
const Optimizer& optimizer_of(const std::string& spec) {
  static std::map<std::string, std::unique_ptr<Optimizer>> made;
  auto& optimizer = made[spec];
  if (!optimizer) optimizer = optimizer_registry().make(parse_spec(spec, ""), "");
  return *optimizer;
}

template <class T>
WeightTensor<T> tensor(const std::vector<double>& start, const std::string& estimator, double rate_factor,
                       const std::string& optimizer = "sgd", const std::string& quantizer_spec = "uniform:bits=2",
                       bool trainable = true, const Storage* storage = nullptr) {
  auto quantizer = test::quantizer(quantizer_spec, static_cast<std::size_t>(kFanIn));
  auto made = test::estimator(estimator, quantizer->grid());
  return WeightTensor<T>(
      {.info = {"w", {kTensorWeights}, static_cast<std::size_t>(kFanIn), Initialization::he_uniform, true, trainable},
       .initial = start,
       .optimizer = &optimizer_of(optimizer),
       .storage = storage,
       .quantizer = std::move(quantizer),
       .estimator = std::move(made),
       .rate_factor = rate_factor,
       .seed = 1});
}

/// The same gradient again and again.
template <class T>
void descend(WeightTensor<T>& tensor, std::vector<double> gradient, double rate, int steps) {
  std::vector<Buffer<T>> gradients;
  std::transform(gradient.begin(), gradient.end(), gradients.emplace_back(gradient.size()).data(),
                 [](double g) { return static_cast<T>(g); });
  for (int t = 1; t <= steps; ++t) {
    const UpdateContext context{rate, static_cast<Step>(t)};
    for (std::size_t b = tensor.blocks(); b-- > 0;) tensor.update_block(b, {context, gradients});
    if (tensor.moves()) {
      tensor.move_grid(context);
      for (std::size_t b = tensor.blocks(); b-- > 0;) tensor.quantize_block(b, context.update);
    }
    tensor.finish_update();
  }
}

/// Sum of |M(w_q) - w_ste| after dsq and its STE equivalent went the same way, of rate * steps = 0.4.
double alignment_error(const std::string& optimizer, double rate) {
  const std::vector<double> start = uniform(1, -0.25, 0.25), gradient = uniform(2, -0.5, 0.5);
  WeightTensor<double> soft = tensor<double>(start, "dsq:k=6.5", 1, optimizer);
  const Rescaling rescaling(soft.estimator());
  std::vector<double> mapped;
  for (const double w : start) mapped.push_back(rescaling.map(w));
  WeightTensor<double> straight = tensor<double>(mapped, "ste", rescaling.alpha(), optimizer);
  const int steps = static_cast<int>(std::lround(0.4 / rate));
  descend(soft, gradient, rate, steps);
  descend(straight, gradient, rate, steps);
  double error = 0;
  for (std::size_t i = 0; i < kTensorWeights; ++i)
    error += std::abs(rescaling.map(soft.latent()[i]) - straight.latent()[i]);
  return error;
}

/// alpha rate |g| / 2 |ln(q(end) / q(start))|, the leading term for a constant gradient without momentum.
double predicted_error(double rate) {
  const std::vector<double> start = uniform(1, -0.25, 0.25), gradient = uniform(2, -0.5, 0.5);
  const slow::SoftStep dsq{slow::Grid(kFanIn, 2), 6.5};
  WeightTensor<double> soft = tensor<double>(start, "dsq:k=6.5", 1);
  descend(soft, gradient, rate, static_cast<int>(std::lround(0.4 / rate)));
  double error = 0;
  for (std::size_t i = 0; i < kTensorWeights; ++i)
    error += dsq.alpha() * rate * std::abs(gradient[i]) / 2 *
             std::abs(std::log(dsq.derivative(soft.latent()[i]) / dsq.derivative(start[i])));
  return error;
}

}  // namespace

TEST_CASE("under a constant gradient, half the learning rate and twice the steps halve the alignment error",
          "[training]") {
  struct Case {
    std::string optimizer;
    double rate;
  };
  for (const Case& c : {Case{"sgd", 0.002}, Case{"sgd:momentum=0.5", 0.001}}) {
    INFO(c.optimizer);
    const double whole = alignment_error(c.optimizer, c.rate), half = alignment_error(c.optimizer, c.rate / 2);
    CHECK(half > 0);
    CHECK(whole / half == Approx(2).epsilon(0.03));
  }
}

TEST_CASE("the alignment error of directed motion is the predicted one", "[training]") {
  CHECK(alignment_error("sgd", 0.002) == Approx(predicted_error(0.002)).epsilon(0.02));
}

TEST_CASE("one pass estimates, updates, quantizes, and finds what changed", "[training]") {
  const std::vector<double> start = uniform(1, -0.5, 0.5), gradient = uniform(2, -1, 1);
  const slow::SoftStep dsq{slow::Grid(kFanIn, 2), 6.5};
  WeightTensor<double> made = tensor<double>(start, "dsq:k=6.5", 0.5);
  descend(made, gradient, 0.2, 1);
  std::vector<WeightIndex> changed;
  double path = 0;
  for (std::size_t i = 0; i < kTensorWeights; ++i) {
    const double w = start[i] - 0.2 * 0.5 * gradient[i] * dsq.derivative(start[i]);
    REQUIRE(made.latent()[i] == Approx(w).epsilon(1e-13).margin(1e-15));
    REQUIRE(made.levels()[i] == dsq.grid.level(w));
    REQUIRE(made.values()[i] == Approx(dsq.grid.value(dsq.grid.level(w))).epsilon(1e-13));
    if (dsq.grid.level(w) != dsq.grid.level(start[i])) changed.push_back(static_cast<WeightIndex>(i));
    path += std::abs(w - start[i]);
  }
  CHECK(changed.size() > 100);
  CHECK(std::vector<WeightIndex>(made.changed().begin(), made.changed().end()) == changed);
  CHECK(made.path_length() == Approx(path).epsilon(1e-12));
  CHECK_FALSE(made.broken());
  descend(made, std::vector<double>(kTensorWeights), 0.2, 1);
  CHECK(made.changed().empty());
}

TEST_CASE("the first weight that is not finite is found", "[training]") {
  for (const double bad : std::vector<double>{NAN, INFINITY, -1e300}) {
    std::vector<double> gradient(kTensorWeights);
    gradient[1500] = gradient[2400] = bad;
    WeightTensor<float> made = tensor<float>(std::vector<double>(kTensorWeights, 0.1), "ste:gate=none", 1);
    descend(made, gradient, 1, 1);
    CHECK(made.broken() == WeightIndex{1500});
  }
}

TEST_CASE("a tensor without a quantizer uses its latent weights", "[training]") {
  const TensorInfo info{"b", {3}, 1, Initialization::zeros, false};
  const std::vector<double> start{1, 2, 3};
  WeightTensor<double> made({.info = info, .initial = start, .optimizer = &optimizer_of("sgd")});
  descend(made, {1, 1, 1}, 0.5, 1);
  CHECK(std::vector<double>(made.values().begin(), made.values().end()) == std::vector<double>{0.5, 1.5, 2.5});
  CHECK(made.levels().empty());
  CHECK(made.changed().empty());
}

TEST_CASE("a layer-wide estimator sees the mean magnitude of the tensor before the update", "[training]") {
  const std::vector<double> start = uniform(1, -0.2, 0.3), gradient = uniform(2, -0.5, 0.5);
  double mean = 0;
  for (const double w : start) mean += std::abs(w) / static_cast<double>(start.size());
  WeightTensor<double> aware = tensor<double>(start, "magnitude-aware", 1), plain = tensor<double>(start, "ste", 1);
  const double factor = 2 * mean / plain.quantizer().grid().range;
  descend(aware, gradient, 0.01, 1);
  descend(plain, gradient, 0.01 * factor, 1);
  for (std::size_t i = 0; i < start.size(); ++i) CHECK(aware.latent()[i] == Approx(plain.latent()[i]).epsilon(1e-12));
  CHECK(std::abs(factor - 1) > 0.01);
}

TEST_CASE("the largest gradient and the largest step are kept", "[training]") {
  const std::vector<double> start = uniform(1, -0.2, 0.2);
  std::vector<double> gradient = uniform(2, -0.5, 0.5);
  gradient[kBlock + 3] = -2;
  WeightTensor<double> made = tensor<double>(start, "ste", 1);
  descend(made, gradient, 0.01, 1);
  CHECK(made.extremes().gradient == 2);
  CHECK(made.extremes().step == Approx(0.02));
  descend(made, uniform(3, -0.5, 0.5), 0.001, 3);
  CHECK(made.extremes().gradient == 2);
  CHECK(made.extremes().step == Approx(0.02));
}

TEST_CASE("a fitted grid follows the weights of the step, and levels are those on the new grid", "[training]") {
  const std::vector<double> start = uniform(1, -0.2, 0.3), gradient = uniform(2, -0.5, 0.5);
  WeightTensor<double> made = tensor<double>(start, "ste", 1, "sgd", "absmean-ternary");
  descend(made, gradient, 0.3, 4);
  double mean = 0;
  for (const double w : made.latent()) mean += std::abs(w) / static_cast<double>(start.size());
  CHECK(made.grid().of_group(0)[0] == Approx(mean).epsilon(1e-13));
  for (std::size_t i = 0; i < start.size(); ++i) {
    CHECK(made.latent()[i] == Approx(start[i] - 4 * 0.3 * gradient[i]).epsilon(1e-12));
    const double index = std::clamp(std::nearbyint(made.latent()[i] / mean), -1.0, 1.0);
    REQUIRE(made.levels()[i] == static_cast<Level>(index + 1));
    REQUIRE(made.values()[i] == Approx(index * mean).epsilon(1e-12));
  }
}

TEST_CASE("a grid that moves finds the weights whose level it changes though they stand", "[training]") {
  const std::vector<double> start = uniform(1, -0.4, 0.4);
  std::vector<double> gradient(start.size());
  for (std::size_t i = 0; i < kBlock; ++i) gradient[i] = start[i] > 0 ? -1 : 1;  // these grow, and the scale with them
  WeightTensor<double> made = tensor<double>(start, "ste", 1, "sgd", "absmean-ternary");
  const std::vector<Level> before(made.levels().begin(), made.levels().end());
  descend(made, gradient, 0.2, 1);
  std::size_t standing = 0;
  std::vector<WeightIndex> changed;
  for (std::size_t i = 0; i < start.size(); ++i)
    if (made.levels()[i] != before[i]) {
      changed.push_back(static_cast<WeightIndex>(i));
      standing += made.latent()[i] == start[i];
    }
  CHECK(standing > 0);
  CHECK(std::vector<WeightIndex>(made.changed().begin(), made.changed().end()) == changed);
}

TEST_CASE("values drawn at random are drawn anew where weights stand still") {
  const std::vector<double> start = uniform(1, -0.9, 0.9), gradient = uniform(2, -0.5, 0.5);
  const auto frozen = storage_registry().make({"frozen", {}}, "storage");
  const std::string drawn = "fixed-point:integer_bits=1,fraction_bits=2,rounding=stochastic";
  for (const bool trainable : {true, false}) {
    WeightTensor<double> still = tensor<double>(start, "ste", 1, "sgd", drawn, trainable, frozen.get());
    CHECK(still.updated());
    const std::vector<double> before(still.values().begin(), still.values().end());
    const std::vector<Level> levels(still.levels().begin(), still.levels().end());
    descend(still, gradient, 0.1, 1);
    CHECK(std::ranges::equal(still.latent(), start));
    CHECK(std::ranges::equal(still.levels(), levels));
    CHECK_FALSE(std::ranges::equal(still.values(), before));
  }
  CHECK_FALSE(tensor<double>(start, "ste", 1, "sgd", "uniform", false).updated());
}

TEST_CASE("change points are told apart: of the weight, or of the grid alone") {
  const std::vector<double> start = uniform(1, -0.45, 0.45), gradient = uniform(2, -0.5, 0.5);
  for (const double rate_factor : {0.0, 1.0}) {
    WeightTensor<double> moving = tensor<double>(start, "ste", rate_factor, "sgd", "lsq:bits=3");
    std::size_t changes = 0, of_grid = 0;
    for (int step = 0; step < 20; ++step) {
      const Grid before = moving.current_grid();
      const std::vector<Level> levels(moving.levels().begin(), moving.levels().end());
      descend(moving, gradient, 0.02, 1);
      changes += moving.changed().size();
      for (const WeightIndex i : moving.changed()) of_grid += before.level_at(moving.latent()[i]) == levels[i];
    }
    CHECK(moving.changes_of_grid() == of_grid);
    CHECK(of_grid > 10);
    CHECK((rate_factor == 0 ? of_grid == changes : of_grid < changes));
  }
}
