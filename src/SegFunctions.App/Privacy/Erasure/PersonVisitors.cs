using SegFunctions.App.Identity;
using SegFunctions.Customers;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Finds the browsers and devices of a person in the events of the lake, where they stand also when the files as they were sent are gone.</summary>
/// <remarks>Of everybody else's nothing is kept: events are read again for each round, so memory does not grow with their number.</remarks>
internal sealed class PersonVisitors(Lake lake)
{
    /// <summary>Adds the visitors that stand beside the person's keys.</summary>
    public async Task FindAsync(Person person, CancellationToken cancellationToken)
    {
        var customers = person.Keys.ToHashSet();
        // The rows of a customer lie in one partition of each upload: no other is read.
        await foreach (var (visitor, customer) in EventVisitors.ReadAsync(lake, part => person.MayLieIn(part) && person.FindClear(part.Blob) is null, cancellationToken))
        {
            if (customers.Contains(customer))
                person.Keys.Add(visitor);
        }
    }

    /// <summary>Tells apart those that another customer has used too.</summary>
    public async Task ShareAsync(Person person, CancellationToken cancellationToken)
    {
        var shared = new HashSet<CustomerKey>();
        await foreach (var (visitor, customer) in EventVisitors.ReadAsync(lake, part => person.FindClear(part.Blob) is null, cancellationToken))
        {
            if (person.Keys.Contains(visitor) && !person.Keys.Contains(customer))
                shared.Add(visitor);
        }

        person.ShareWithOthers(shared);
    }
}
