using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Text;

public sealed class ByteHashTests
{
    /// <summary>The vectors that wyhash publishes (wangyi-fudan/wyhash, <c>test_vector.cpp</c>, final version 4); seed = position.</summary>
    [Theory]
    [InlineData(0, "", 0x93228a4de0eec5a2)]
    [InlineData(1, "a", 0xc5bac3db178713c4)]
    [InlineData(2, "abc", 0xa97f2f7b1d9b3314)]
    [InlineData(3, "message digest", 0x786d1f1df3801df4)]
    [InlineData(4, "abcdefghijklmnopqrstuvwxyz", 0xdca5a8138ad37c87)]
    [InlineData(5, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 0xb9e734f117cfaf70)]
    [InlineData(6, "12345678901234567890123456789012345678901234567890123456789012345678901234567890", 0x6cc5eab49a92d617)]
    public void The_hash_is_wyhash(ulong seed, string text, ulong expected) =>
        Assert.Equal(expected, ByteHash.Hash64(Encoding.UTF8.GetBytes(text), seed));

    [Fact]
    public void Short_texts_have_the_hash_that_the_long_way_gives()
    {
        var random = new Random(11);
        for (var length = 0; length <= 40; length++)
        {
            var bytes = new byte[length];
            for (var round = 0; round < 50; round++)
            {
                random.NextBytes(bytes);
                Assert.Equal((ulong)ByteHash.Hash128(bytes), ByteHash.Hash64(bytes));
            }
        }
    }

    [Fact]
    public void Every_input_bit_flips_every_output_bit_in_half_of_the_cases()
    {
        var random = new Random(7);
        foreach (var length in (int[])[3, 4, 8, 15, 17, 48])
        {
            var flips = new int[length * 8, 128];
            const int Rounds = 200;
            for (var round = 0; round < Rounds; round++)
            {
                var bytes = new byte[length];
                random.NextBytes(bytes);
                var before = ByteHash.Hash128(bytes);
                for (var bit = 0; bit < length * 8; bit++)
                {
                    bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                    var change = before ^ ByteHash.Hash128(bytes);
                    bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                    for (var output = 0; output < 128; output++)
                        flips[bit, output] += (int)(ulong)(change >> output & 1);
                }
            }

            // 200 tosses of a coin: 100 ± 7; six deviations for up to 49,152 pairs.
            foreach (var count in flips)
                Assert.InRange(count, 58, 142);
        }
    }

    [Fact]
    public void A_million_similar_keys_do_not_collide()
    {
        var seen = new HashSet<ulong>(1 << 20);
        var bytes = new byte[20];
        "customer-"u8.CopyTo(bytes);
        for (var key = 0; key < 1_000_000; key++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), key);
            Assert.True(seen.Add(ByteHash.Hash64(bytes.AsSpan(0, 13 + (key & 7)))), $"key {key} collides");
        }
    }

    [Fact]
    public void Low_bits_fill_buckets_evenly()
    {
        var buckets = new int[256];
        for (var key = 0; key < 256 * 400; key++)
            buckets[(int)(ByteHash.Hash64(BitConverter.GetBytes(key)) & 255)]++;

        // Chi-square with 255 degrees of freedom: mean 255, deviation 22.6.
        var chiSquare = buckets.Sum(count => (count - 400.0) * (count - 400.0) / 400);
        Assert.InRange(chiSquare, 140, 400);
    }

    [Fact]
    public void Seed_and_length_count()
    {
        Assert.NotEqual(ByteHash.Hash64("a"u8, 1), ByteHash.Hash64("a"u8, 2));
        var zeros = new byte[100];
        var hashes = Enumerable.Range(0, 101).Select(length => ByteHash.Hash64(zeros.AsSpan(0, length))).ToHashSet();
        Assert.Equal(101, hashes.Count);
        Assert.True(BitOperations.PopCount(ByteHash.Hash64(zeros)) is > 10 and < 54);
    }

    [Fact]
    public void A_block_that_cancels_one_half_leaves_the_other()
    {
        // The first eight bytes equal the constant they are xored with, so that the next eight are multiplied by zero.
        var one = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(one, 0x8bb84b93962eacc9);
        var two = one.ToArray();
        two[8] = 1;
        Array.Clear(one, 16, 8);
        Assert.NotEqual(ByteHash.Hash128(one), ByteHash.Hash128(two));
    }
}
