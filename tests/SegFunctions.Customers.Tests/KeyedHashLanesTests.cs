using System.Security.Cryptography;

namespace SegFunctions.Customers.Tests;

public sealed class KeyedHashLanesTests
{
    [Fact]
    public void Eight_lanes_hash_as_the_library_does_at_every_length_and_with_any_secret()
    {
        var random = new Random(11);
        var blocks = new byte[KeyedHashLanes.Lanes * KeyedHashLanes.BlockLength];
        var keys = new CustomerKey[KeyedHashLanes.Lanes];
        foreach (var secretLength in new[] { 16, 17, 32, 63, 64, 65, 100, 200 })
        {
            var secret = Bytes(random, secretLength);
            var lanes = new KeyedHashLanes(secret);
            for (var length = 0; length <= KeyedHashLanes.LongestMessage; length++)
            {
                random.NextBytes(blocks);
                var messages = new byte[KeyedHashLanes.Lanes][];
                for (var lane = 0; lane < KeyedHashLanes.Lanes; lane++)
                {
                    // All lengths side by side, the longest next to the empty one.
                    messages[lane] = Bytes(random, (length + 7 * lane) % (KeyedHashLanes.LongestMessage + 1));
                    var block = blocks.AsSpan(lane * KeyedHashLanes.BlockLength, KeyedHashLanes.BlockLength);
                    messages[lane].CopyTo(block);
                    KeyedHashLanes.Pad(block, messages[lane].Length);
                }

                lanes.Hash(blocks, keys);
                for (var lane = 0; lane < KeyedHashLanes.Lanes; lane++)
                    Assert.Equal(CustomerKey.FromBytes(HMACSHA256.HashData(secret, messages[lane])), keys[lane]);
            }
        }
    }

    [Fact]
    public void Keys_of_many_ids_are_those_of_each()
    {
        var random = new Random(5);
        var derivation = new CustomerKeyDerivation(Bytes(random, 32));
        var prefix = CustomerKeyDerivation.PrefixOf("crm");
        var blocks = new byte[KeyedHashLanes.Lanes * KeyedHashLanes.BlockLength];
        var lengths = new int[KeyedHashLanes.Lanes];
        var keys = new CustomerKey[KeyedHashLanes.Lanes];
        var ids = new byte[KeyedHashLanes.Lanes][];
        for (var round = 0; round < 200; round++)
        {
            for (var lane = 0; lane < ids.Length; lane++)
            {
                ids[lane] = Bytes(random, random.Next(KeyedHashLanes.LongestMessage - prefix.Length + 1));
                var block = blocks.AsSpan(lane * KeyedHashLanes.BlockLength);
                prefix.CopyTo(block);
                ids[lane].CopyTo(block[prefix.Length..]);
                lengths[lane] = prefix.Length + ids[lane].Length;
            }

            derivation.DeriveLanes(blocks, lengths, keys);
            for (var lane = 0; lane < ids.Length; lane++)
                Assert.Equal(derivation.Derive("crm", ids[lane]), keys[lane]);
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
