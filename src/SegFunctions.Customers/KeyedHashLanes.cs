using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace SegFunctions.Customers;

/// <summary>HMAC-SHA256 of eight short messages at once, one in each lane of a vector.</summary>
/// <remarks>
/// <para>RFC 2104 over FIPS 180-4 (2015), section 6.2. The library takes one message at a time, and for the twenty bytes of an id the calls cost more than the hashing:
/// eight lanes are some ten times as fast, and a file of customers needs a key for every row. All else in this code uses the library.</para>
/// <para>No branch and no address depends on the secret or on a message's content. Immutable, for any number of threads.</para>
/// </remarks>
internal sealed class KeyedHashLanes
{
    /// <summary>Messages hashed at once.</summary>
    public const int Lanes = 8;

    /// <summary>Bytes of a padded message.</summary>
    public const int BlockLength = 64;

    /// <summary>Bytes of the longest message that fits a block with its padding.</summary>
    public const int LongestMessage = BlockLength - 9;

    private const int Rounds = 64;
    private const int StateWords = 8;

    private readonly uint[] _inner;
    private readonly uint[] _outer;

    public KeyedHashLanes(ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[BlockLength];
        key.Clear();
        if (secret.Length > BlockLength)
            SHA256.HashData(secret, key);
        else
            secret.CopyTo(key);
        _inner = StateAfter(key, 0x36);
        _outer = StateAfter(key, 0x5C);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>The processor has what it takes; elsewhere the library is no slower.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian;

    /// <summary>Pads a message as the second block of the inner hash; the first is the key's.</summary>
    /// <param name="block">Holds the message at its start.</param>
    public static void Pad(Span<byte> block, int messageLength)
    {
        block[messageLength] = 0x80;
        block[(messageLength + 1)..BlockLength].Clear();
        BinaryPrimitives.WriteInt32BigEndian(block[(BlockLength - 4)..], 8 * (BlockLength + messageLength));
    }

    /// <summary>Hashes padded messages.</summary>
    /// <param name="blocks"><see cref="Lanes"/> blocks, one after the other.</param>
    /// <param name="keys">The first sixteen bytes of each message's HMAC.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Hash(ReadOnlySpan<byte> blocks, Span<CustomerKey> keys)
    {
        var words = MemoryMarshal.Cast<byte, uint>(blocks[..(Lanes * BlockLength)]);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        for (var word = 0; word < 16; word++)
        {
            var gathered = Vector256.Create(
                words[word], words[16 + word], words[32 + word], words[48 + word], words[64 + word], words[80 + word], words[96 + word], words[112 + word]);
            schedule[word] = BigEndian(gathered);
        }

        Start(state, _inner);
        Compress(state, schedule);

        // The outer message is the inner hash, 32 bytes behind the key's block of 64.
        for (var word = 0; word < StateWords; word++)
            schedule[word] = state[word];
        schedule[8] = Vector256.Create(0x80000000);
        for (var word = 9; word < 15; word++)
            schedule[word] = Vector256<uint>.Zero;
        schedule[15] = Vector256.Create(8u * (BlockLength + 32));
        Start(state, _outer);
        Compress(state, schedule);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var high = (ulong)state[0][lane] << 32 | state[1][lane];
            var low = (ulong)state[2][lane] << 32 | state[3][lane];
            keys[lane] = new CustomerKey(new UInt128(high, low));
        }
    }

    private static Vector256<uint> BigEndian(Vector256<uint> words) =>
        (words << 24) | ((words & Vector256.Create(0xFF00u)) << 8) | ((words >>> 8) & Vector256.Create(0xFF00u)) | (words >>> 24);

    private static void Start(Span<Vector256<uint>> state, uint[] words)
    {
        for (var word = 0; word < StateWords; word++)
            state[word] = Vector256.Create(words[word]);
    }

    /// <summary>Takes a block into the state: FIPS 180-4, 6.2.2.</summary>
    /// <param name="schedule">The block's sixteen words, and room for the 48 that follow from them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> schedule)
    {
        for (var round = 16; round < Rounds; round++)
        {
            var near = schedule[round - 2];
            var far = schedule[round - 15];
            schedule[round] = (Rotated(near, 17) ^ Rotated(near, 19) ^ (near >>> 10)) + schedule[round - 7]
                + (Rotated(far, 7) ^ Rotated(far, 18) ^ (far >>> 3)) + schedule[round - 16];
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var constants = Constants;
        for (var round = 0; round < Rounds; round += 4)
        {
            Round(a, b, c, ref d, e, f, g, ref h, schedule[round] + Vector256.Create(constants[round]));
            Round(h, a, b, ref c, d, e, f, ref g, schedule[round + 1] + Vector256.Create(constants[round + 1]));
            Round(g, h, a, ref b, c, d, e, ref f, schedule[round + 2] + Vector256.Create(constants[round + 2]));
            Round(f, g, h, ref a, b, c, d, ref e, schedule[round + 3] + Vector256.Create(constants[round + 3]));

            // Four rounds on, each letter's word is called by the fourth letter after it.
            (a, b, c, d, e, f, g, h) = (e, f, g, h, a, b, c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d, Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> word)
    {
        var first = h + (Rotated(e, 6) ^ Rotated(e, 11) ^ Rotated(e, 25)) + ((e & f) ^ Vector256.AndNot(g, e)) + word;
        d += first;
        h = first + (Rotated(a, 2) ^ Rotated(a, 13) ^ Rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotated(Vector256<uint> words, int bits) => (words >>> bits) | (words << (32 - bits));

    /// <summary>The state once the key's block has been taken in.</summary>
    [SkipLocalsInit]
    private static uint[] StateAfter(ReadOnlySpan<byte> key, byte pad)
    {
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Start(state, [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
        for (var word = 0; word < 16; word++)
            schedule[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(key[(4 * word)..]) ^ (pad * 0x01010101u));
        Compress(state, schedule);
        schedule.Clear();
        var words = new uint[StateWords];
        for (var word = 0; word < StateWords; word++)
            words[word] = state[word][0];
        return words;
    }

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];
}
