// SPDX-License-Identifier: MIT
#include "records/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include "sim/core/errors.hpp"

namespace steq {

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw IoError(path, std::string("cannot open: ") + std::strerror(errno));
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  std::vector<char> buffer(1 << 16);
  while (good && file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    good = EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(file.gcount())) == 1;
  }
  if (file.bad() || !file.eof()) throw IoError(path, std::string("cannot read: ") + std::strerror(errno));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (!good || EVP_DigestFinal_ex(context.get(), digest, &size) != 1) throw IoError(path, "SHA-256 is not available");
  return fmt::format("{:02x}", fmt::join(digest, digest + size, ""));
}

}  // namespace steq
