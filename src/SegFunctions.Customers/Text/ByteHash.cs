using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Customers.Text;

/// <summary>Fast hashes of bytes for finding candidates: equal bytes have equal hashes, on every machine and for good.</summary>
/// <remarks>
/// The 64-bit hash is wyhash, final version 4 (Wang Yi, 2019 to 2024; placed in the public domain by its author). It is not
/// cryptographic: whoever chooses the input can make two texts collide, so what counts is compared in full.
/// </remarks>
public static class ByteHash
{
    // What a seed of 0 becomes in every hash.
    private static readonly ulong LowerSeed = Mix(Lower.First, Lower.Second);

    /// <summary>64 bits of the bytes and the seed.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> bytes, ulong seed = 0) =>
        seed == 0 && bytes.Length is >= 4 and <= 16 ? HashShort(bytes) : Hash<Lower>(bytes, seed);

    /// <summary>128 bits: the 64-bit hash below, and above a second one with constants of its own.</summary>
    public static UInt128 Hash128(ReadOnlySpan<byte> bytes, ulong seed = 0) => new(Hash<Upper>(bytes, seed), Hash<Lower>(bytes, seed));

    /// <summary>The same for short texts without a seed, which are most of what is hashed: what does not depend on the bytes is known beforehand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashShort(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        var step = length >> 3 << 2;
        var low = (ulong)Read4(bytes) << 32 | Read4(bytes[step..]);
        var high = (ulong)Read4(bytes[^4..]) << 32 | Read4(bytes[(length - 4 - step)..]);
        (high, low) = Multiply(low ^ Lower.Second, high ^ LowerSeed);
        return Mix(low ^ Lower.First ^ (ulong)length, high ^ Lower.Second);
    }

    private static ulong Hash<TSecrets>(ReadOnlySpan<byte> bytes, ulong seed)
        where TSecrets : struct, ISecrets
    {
        var length = bytes.Length;
        seed ^= Mix(seed ^ TSecrets.First, TSecrets.Second);
        ulong low;
        ulong high;
        if (length > 16)
        {
            var rest = bytes;
            if (rest.Length >= 48)
            {
                var second = seed;
                var third = seed;
                for (; rest.Length >= 48; rest = rest[48..])
                {
                    seed = Mix(Read8(rest) ^ TSecrets.Second, Read8(rest[8..]) ^ seed);
                    second = Mix(Read8(rest[16..]) ^ TSecrets.Third, Read8(rest[24..]) ^ second);
                    third = Mix(Read8(rest[32..]) ^ TSecrets.Fourth, Read8(rest[40..]) ^ third);
                }

                seed ^= second ^ third;
            }

            for (; rest.Length > 16; rest = rest[16..])
                seed = Mix(Read8(rest) ^ TSecrets.Second, Read8(rest[8..]) ^ seed);

            // The last sixteen bytes, some of which have been mixed in already.
            low = Read8(bytes[^16..]);
            high = Read8(bytes[^8..]);
        }
        else if (length >= 4)
        {
            var step = length >> 3 << 2;
            low = (ulong)Read4(bytes) << 32 | Read4(bytes[step..]);
            high = (ulong)Read4(bytes[^4..]) << 32 | Read4(bytes[(length - 4 - step)..]);
        }
        else
        {
            low = length == 0 ? 0 : (ulong)bytes[0] << 16 | (ulong)bytes[length >> 1] << 8 | bytes[length - 1];
            high = 0;
        }

        (high, low) = Multiply(low ^ TSecrets.Second, high ^ seed);
        return Mix(low ^ TSecrets.First ^ (ulong)length, high ^ TSecrets.Second);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var (high, low) = Multiply(left, right);
        return high ^ low;
    }

    // Two multiplications that need no memory take less time than one that hands its lower half over there, as Math.BigMul does.
    private static (ulong High, ulong Low) Multiply(ulong left, ulong right) =>
        Bmi2.X64.IsSupported ? (Bmi2.X64.MultiplyNoFlags(left, right), left * right) : (Math.BigMul(left, right, out var low), low);

    private static ulong Read8(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static uint Read4(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private interface ISecrets
    {
        static abstract ulong First { get; }

        static abstract ulong Second { get; }

        static abstract ulong Third { get; }

        static abstract ulong Fourth { get; }
    }

    // The constants of wyhash.
    private readonly struct Lower : ISecrets
    {
        public static ulong First => 0x2d358dccaa6c78a5;

        public static ulong Second => 0x8bb84b93962eacc9;

        public static ulong Third => 0x4b33a62ed433d4a3;

        public static ulong Fourth => 0x4d5a2da51de1aa47;
    }

    // For the upper half of the 128-bit hash another four made in the way that wyhash's author made his: odd, every byte with four bits set, each pair of them
    // differing in 32 bits. One set alone would not do: a block that equals a constant cancels its neighbour under every seed.
    private readonly struct Upper : ISecrets
    {
        public static ulong First => 0x1d63f0b469c6870f;

        public static ulong Second => 0x36a939a39c7427c9;

        public static ulong Third => 0x9a35d8592771c5c5;

        public static ulong Fourth => 0xc5272e749517e469;
    }
}
