using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Support;
using SegFunctions.Customers;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Where a key may hide from whoever reads in pieces, and from whoever skips parts.</summary>
public sealed class KeyWatchTests
{
    [Fact]
    public async Task Key_is_seen_wherever_it_lies_and_however_small_the_pieces_are()
    {
        await using var app = await ServedApp.StartAsync();
        var person = app.Services.GetRequiredService<ErasureCases>().New();
        var key = app.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", "P1");
        person.Keys.Add(key);
        for (var before = 0; before < 70; before += 3)
        {
            foreach (var piece in new[] { 1, 7, 25, 26, 27, 40, 1000 })
            {
                Assert.True(await IsSeenAsync(new string('x', before) + key + "yy", piece), $"behind {before} letters, in pieces of {piece}");
                // Its two halves with something between are no key.
                Assert.False(await IsSeenAsync(new string('x', before) + key.ToString()[..13] + '-' + key.ToString()[13..], piece));
            }
        }

        async Task<bool> IsSeenAsync(string text, int piece)
        {
            await using var watch = new KeyWatch(new MemoryStream(Encoding.ASCII.GetBytes(text)), person);
            var target = new byte[piece];
            var length = 0;
            for (int read; (read = await watch.ReadAsync(target)) > 0;)
                length += read;
            Assert.Equal(text.Length, length);
            return watch.HasSeen;
        }
    }

    [Theory]
    [InlineData("orders/u/part-003-of-016.csv", 3, 16)]
    [InlineData("events/u/part-000-of-001.csv", 0, 1)]
    [InlineData("orders/u/part-016-of-016.csv", -1, -1)]
    [InlineData("orders/part-003-of-016.csv/identity", -1, -1)]
    [InlineData("orders/u/part-003-of-016.csv.old", -1, -1)]
    [InlineData("orders/u/part--3-of-016.csv", -1, -1)]
    [InlineData("orders/u/rows.csv", -1, -1)]
    public void Part_of_the_vault_is_passed_over_only_where_its_name_tells_its_partition(string name, int partition, int partitions) =>
        Assert.Equal(partition < 0 ? null : (partition, partitions), VaultParts.PartitionOf(name));
}
