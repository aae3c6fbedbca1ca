using System.Text;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Privacy;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class CustomerKeyCacheTests
{
    private static readonly CustomerKeyDerivation Keys = new(new byte[32]);

    [Fact]
    public void Every_id_gets_its_own_key_however_many_there_are()
    {
        using var cache = new CustomerKeyCache(Keys, "crm", ErasedCustomers.None);
        var ids = Enumerable.Range(0, 20_000).Select(number => Encoding.UTF8.GetBytes($"{number}{new string('x', number % 50)}")).ToArray();
        for (var round = 0; round < 3; round++)
        {
            foreach (var id in ids)
                Assert.Equal(Keys.Derive("crm", id), cache.Get(id).Key);
        }
    }

    [Fact]
    public void Threads_that_displace_each_others_ids_read_no_torn_key()
    {
        using var cache = new CustomerKeyCache(Keys, "crm", ErasedCustomers.None);
        var ids = Enumerable.Range(0, 3_000).Select(number => Encoding.UTF8.GetBytes($"customer {number}")).ToArray();
        var expected = ids.Select(id => Keys.Derive("crm", id)).ToArray();
        Parallel.For(0, 8, worker =>
        {
            var random = new Random(worker);
            for (var round = 0; round < 30_000; round++)
            {
                var at = random.Next(ids.Length);
                var hash = CustomerKeyCache.HashOf(ids[at]);
                var key = cache.TryFind(ids[at], hash, out var found) ? found.Key : cache.Add(ids[at], hash, expected[at]).Key;
                Assert.Equal(expected[at], key);
            }
        });
    }

    [Fact]
    public void Memory_that_another_cache_had_before_tells_nothing()
    {
        var ids = Enumerable.Range(0, 10_000).Select(number => Encoding.UTF8.GetBytes($"{number}{new string('x', number % 20)}")).ToArray();
        for (var round = 0; round < 3; round++)
        {
            using var cache = new CustomerKeyCache(Keys, $"source {round}", ErasedCustomers.None);
            foreach (var id in ids)
            {
                Assert.False(cache.TryFind(id, CustomerKeyCache.HashOf(id), out _));
                Assert.Equal(Keys.Derive($"source {round}", id), cache.Get(id).Key);
            }
        }
    }

    [Fact]
    public void A_known_id_costs_no_allocation()
    {
        using var cache = new CustomerKeyCache(Keys, "crm", ErasedCustomers.None);
        var id = "customer 17"u8.ToArray();
        cache.Get(id);
        Assert.Equal(0, Allocation.Of(() => cache.Get(id)));
    }
}
