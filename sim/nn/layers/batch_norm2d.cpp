// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "sim/nn/graph_builder.hpp"
#include "sim/nn/layers/chunks.hpp"
#include "sim/nn/layers/moments.hpp"

namespace steq::layers {
namespace {

template <class T>
class BatchNorm2d final : public Layer<T> {
 public:
  BatchNorm2d(const SampleShape& shape, const Parameters& p)
      : shape_(shape),
        name_(p.text("name")),
        momentum_(p.number("momentum")),
        epsilon_(p.number("epsilon")),
        affine_(p.boolean("affine")) {
    for (auto* v : {&mean_, &scale_, &shift_, &inverse_deviation_, &mean_dy_, &mean_dy_x_}) v->resize(channels());
  }

  SampleShape output_shape() const override { return shape_; }
  LayerTraits traits() const override {
    return {.by_strips = true, .cheap = true, .synchronizes = true, .batch_pieces = affine_ ? 1U : 0U};
  }

  std::vector<TensorInfo> tensors() const override {
    if (!affine_) return {};
    return {{name_ + ".weight", {channels()}, channels(), Initialization::ones, false},
            {name_ + ".bias", {channels()}, channels(), Initialization::zeros, false}};
  }
  std::vector<StatisticInfo> statistics() const override {
    return {{name_ + ".running_mean", channels(), 0}, {name_ + ".running_var", channels(), 1}};
  }

  void reserve(const PassSizes& sizes) override {
    moments_.assign(sizes.micro_batches, std::vector<Moments>(channels()));
    sums_.assign(sizes.micro_batches, std::vector<double>(2 * channels()));
  }

  void prepare(const LayerArrays<T>& learner) override {
    values_ = learner.values;
    statistics_ = learner.statistics;
    if (learner.mode == Mode::train) return;
    for (std::size_t c = 0; c < channels(); ++c)
      set_channel(c, static_cast<double>(statistics_[0][c]), static_cast<double>(statistics_[1][c]));
  }

  void collect_forward(const Pass<T>& pass) override {
    for_each_chunk(channels(), [&]<std::size_t N>(Chunk<N>, std::size_t first) {
      const std::array<Moments, N> strip = moments_of<N>(pass.x + first, pixels_of(pass), channels());
      for (std::size_t c = 0; c < N; ++c) {
        Moments& all = moments_[pass.micro_batch][first + c];
        if (pass.begins)
          all = strip[c];
        else
          all.add(strip[c]);
      }
    });
  }

  void combine_forward() override {
    for (std::size_t c = 0; c < channels(); ++c) {
      Moments all = moments_[0][c];
      for (std::size_t m = 1; m < moments_.size(); ++m) all.add(moments_[m][c]);
      set_channel(c, all.mean, all.m2 / all.count);
      update_running(statistics_[0][c], all.mean);
      update_running(statistics_[1][c], all.m2 / std::max(all.count - 1, 1.0));
      count_ = all.count;
    }
  }

  void forward(const Pass<T>& pass) override {
    for_each_chunk(channels(), [&]<std::size_t N>(Chunk<N>, std::size_t first) {
      const auto mean = chunk<N>(mean_, first), scale = chunk<N>(scale_, first), shift = chunk<N>(shift_, first);
      for (std::size_t p = 0; p < pixels_of(pass); ++p) {
        const T* x = pass.x + p * channels() + first;
        T* __restrict y = pass.y + p * channels() + first;
        for (std::size_t c = 0; c < N; ++c) y[c] = (x[c] - mean[c]) * scale[c] + shift[c];
      }
    });
  }

  void collect_backward(const Pass<T>& pass) override {
    for_each_chunk(channels(), [&]<std::size_t N>(Chunk<N>, std::size_t first) {
      const auto mean = chunk<N>(mean_, first), inverse = chunk<N>(inverse_deviation_, first);
      std::array<double, N> sum{}, product{};
      for (std::size_t p = 0; p < pixels_of(pass); ++p) {
        const T *x = pass.x + p * channels() + first, *dy = pass.dy + p * channels() + first;
        for (std::size_t c = 0; c < N; ++c) {
          const T normalized = (x[c] - mean[c]) * inverse[c];
          sum[c] += static_cast<double>(dy[c]);
          product[c] += static_cast<double>(dy[c] * normalized);
        }
      }
      for (std::size_t c = 0; c < N; ++c) {
        double *dy = &sums_[pass.micro_batch][first + c], *dy_x = dy + channels();
        *dy = pass.begins ? sum[c] : *dy + sum[c];
        *dy_x = pass.begins ? product[c] : *dy_x + product[c];
      }
    });
  }

  void combine_backward() override {
    for (std::size_t c = 0; c < channels(); ++c) {
      mean_dy_[c] = static_cast<T>(total(c) / count_);
      mean_dy_x_[c] = static_cast<T>(total(channels() + c) / count_);
    }
  }

  void backward_batch(std::size_t, std::span<T* const> gradients) override {
    for (std::size_t c = 0; c < channels(); ++c) {
      gradients[0][c] = static_cast<T>(total(channels() + c));
      gradients[1][c] = static_cast<T>(total(c));
    }
  }

  void backward(const Pass<T>& pass) override {
    if (!pass.dx) return;
    for_each_chunk(channels(), [&]<std::size_t N>(Chunk<N>, std::size_t first) {
      const auto mean = chunk<N>(mean_, first), inverse = chunk<N>(inverse_deviation_, first),
                 scale = chunk<N>(scale_, first), mean_dy = chunk<N>(mean_dy_, first),
                 mean_dy_x = chunk<N>(mean_dy_x_, first);
      for (std::size_t p = 0; p < pixels_of(pass); ++p) {
        const T *x = pass.x + p * channels() + first, *dy = pass.dy + p * channels() + first;
        T* __restrict dx = pass.dx + p * channels() + first;
        for (std::size_t c = 0; c < N; ++c)
          dx[c] = scale[c] * (dy[c] - mean_dy[c] - (x[c] - mean[c]) * inverse[c] * mean_dy_x[c]);
      }
    });
  }

 private:
  std::size_t channels() const { return shape_.channels; }
  std::size_t pixels_of(const Pass<T>& pass) const { return pass.n * shape_.height * shape_.width; }

  double total(std::size_t i) const {
    double sum = 0;
    for (const std::vector<double>& part : sums_) sum += part[i];
    return sum;
  }

  template <std::size_t N>
  static std::array<T, N> chunk(const std::vector<T>& values, std::size_t first) {
    std::array<T, N> part;
    std::copy_n(values.data() + first, N, part.data());
    return part;
  }

  void set_channel(std::size_t c, double mean, double variance) {
    const double inverse = 1 / std::sqrt(variance + epsilon_);
    mean_[c] = static_cast<T>(mean);
    inverse_deviation_[c] = static_cast<T>(inverse);
    scale_[c] = static_cast<T>((affine_ ? static_cast<double>(values_[0][c]) : 1) * inverse);
    shift_[c] = affine_ ? values_[1][c] : T(0);
  }

  void update_running(T& running, double batch) const {
    running = static_cast<T>((1 - momentum_) * static_cast<double>(running) + momentum_ * batch);
  }

  SampleShape shape_;
  std::string name_;
  double momentum_, epsilon_, count_ = 0;
  bool affine_;
  std::span<const T* const> values_;
  std::span<T* const> statistics_;
  std::vector<T> mean_, scale_, shift_, inverse_deviation_, mean_dy_, mean_dy_x_;  // [channels]
  std::vector<std::vector<Moments>> moments_;                                      // [micro-batch][channels]
  std::vector<std::vector<double>> sums_;                                          // [micro-batch][2 channels]
};

}  // namespace

LayerRegistry::Entry batch_norm2d() {
  return layer_entry(
      {.name = "batch_norm2d",
       .summary = "Batch normalization: by the whole batch in training, by running statistics in evaluation.",
       .formula = "y = weight (x - mean) / sqrt(variance + epsilon) + bias",
       .citation = "Ioffe, Szegedy, arXiv:1502.03167",
       .parameters = {name_parameter(),
                      {.name = "momentum",
                       .fallback = Value(0.1),
                       .meaning = "weight of the newest batch in the running statistics",
                       .min = 0,
                       .max = 1},
                      {.name = "epsilon",
                       .fallback = Value(1e-5),
                       .meaning = "added to the variance",
                       .min = 0,
                       .max = 1,
                       .min_excluded = true},
                      flag_parameter("affine", true, "scale and shift each channel by a weight and a bias")}},
      []<class T>(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
        builder.append(std::make_unique<BatchNorm2d<T>>(builder.shape(), p));
      });
}

}  // namespace steq::layers
