// SPDX-License-Identifier: MIT
// A cohort that trains on augmented images, against one whose images have been cut by hand.
#include <catch2/catch.hpp>

#include "sim/nn/load_image.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;
using test::Outcome;

namespace {

constexpr SampleShape kImage{3, 10, 10};

Augmentation crop_flip() { return augmentation_registry().make({"crop-flip", {}}, "data.augment"); }

ModelSpec image_model() {
  return {kImage, test::layers({"conv2d:name=conv1,out=4,kernel=3,bias=false,quantize=true", "batch_norm2d:name=bn1",
                                "relu", "flatten", "dense:name=fc,out=5"})};
}

CohortSettings augmented_settings(std::size_t steps, int threads, const Augmentation& augmentation) {
  return {
      .batch_size = 37, .steps = steps, .shuffle = true, .seed = 5, .augmentation = augmentation, .threads = threads};
}

std::vector<LearnerSetup> learners() {
  return {test::learner("q-hat", image_model(), "dsq", "sgd:momentum=0.9", 0.1),
          test::learner("copy", image_model(), "dsq", "sgd:momentum=0.9", 0.1),
          test::learner("ste", image_model(), "ste", "sgd:momentum=0.9", 0.1)};
}

std::vector<Outcome> run(const Dataset& data, std::size_t steps, int threads, const Augmentation& augmentation) {
  return test::run_cohort<float>(image_model(), data, learners(), augmented_settings(steps, threads, augmentation));
}

/// The data as epoch 0 sees them.
Dataset first_epoch(const Dataset& data, std::uint64_t seed) {
  Dataset cut = data;
  std::vector<double> image(kImage.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    load_image(data, i, crop_flip()(seed, 0, static_cast<std::uint32_t>(i)), image.data());
    for (std::size_t p = 0; p < image.size(); ++p)
      cut.pixels[i * kImage.size() + p % 3 * 100 + p / 3] = static_cast<std::uint8_t>(std::lround(image[p] * 255));
  }
  return cut;
}

}  // namespace

TEST_CASE("all learners see the views of (seed, epoch, image), wherever in a batch an image stands", "[training]") {
  const Dataset data = test::random_dataset(kImage, 120, 5);
  const std::vector<Outcome> augmented = run(data, 3, 1, crop_flip());  // the whole of epoch 0
  CHECK(augmented == run(first_epoch(data, 5), 3, 1, nullptr));
  CHECK(augmented[0] == augmented[1]);
  CHECK_FALSE(augmented == run(data, 3, 1, nullptr));
  CHECK_FALSE(run(data, 6, 1, crop_flip()) == run(first_epoch(data, 5), 6, 1, nullptr));  // epoch 1 is drawn anew
}

TEST_CASE("augmented training gives the same bits at any number of threads", "[training]") {
  const Dataset data = test::random_dataset(kImage, 120, 5);
  const std::vector<Outcome> expected = run(data, 7, 1, crop_flip());
  for (const int threads : {2, 3}) CHECK(run(data, 7, threads, crop_flip()) == expected);
}

TEST_CASE("evaluation looks at the images as they are", "[training]") {
  const Dataset data = test::random_dataset(kImage, 120, 5);
  Cohort<float> cohort(image_model(), data, learners(), augmented_settings(4, 1, crop_flip()));
  Cohort<float> plain(image_model(), data, learners(), augmented_settings(4, 1, nullptr));
  CHECK(cohort.evaluate(0, data).logits == plain.evaluate(0, data).logits);
}
