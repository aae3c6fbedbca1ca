using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Counts of the rows that stay what the report and the partitions need. Each worker has its own; sums do not depend on which bucket went to whom.</summary>
internal sealed class BucketSurvey(ContactSurvey contacts, CanonicalLayout layout, FrequentWords words)
{
    private const int MarksAtOnce = 1 << 12;

    private readonly RowMark[] _marks = new RowMark[MarksAtOnce];
    private readonly long[] _kinds = new long[3];
    private readonly RowLine _line = new(words, layout.Columns.Count);
    private ulong[] _customers = new ulong[1024];

    /// <summary>Rows by the kind of an order's line.</summary>
    public IReadOnlyList<long> Kinds => _kinds;

    public ContactSurvey Contacts => contacts;

    /// <summary>Distinct customers of all buckets.</summary>
    public long Customers { get; private set; }

    /// <summary>Looks at the rows of a bucket that are no duplicates.</summary>
    /// <returns>Bytes of their lines with all attributes of the file.</returns>
    public long See(RowBucket rows, RowFlags duplicates)
    {
        var customers = 0;
        long bytes = 0;
        long offset = 0;
        var last = 0UL;
        for (var ordinal = 0; ordinal < rows.Count;)
        {
            var count = rows.ReadMarks(ordinal, _marks);
            foreach (ref readonly var mark in _marks.AsSpan(0, count))
            {
                if (!duplicates[ordinal])
                {
                    bytes += mark.LineLength + layout.Attributes.Count - rows.WidthOf(ordinal).Attributes;
                    _kinds[(int)mark.Kind]++;
                    if (contacts.IsNeeded)
                        contacts.See(_line.Read(rows, ordinal, offset, mark)[..^1]);
                    if (mark.Customer != last && mark.Customer != 0 && TryAdd(mark.Customer, customers))
                        customers++;
                    last = mark.Customer;
                }

                offset += mark.PackedLength;
                ordinal++;
            }
        }

        contacts.EndBucket();
        Customers += customers;
        Array.Clear(_customers);
        return bytes;
    }

    /// <summary>Adds a customer to those of the bucket; false when it is there.</summary>
    private bool TryAdd(ulong customer, int count)
    {
        if (2 * count >= _customers.Length)
        {
            var known = Array.FindAll(_customers, place => place != 0);
            _customers = new ulong[2 * _customers.Length];
            foreach (var one in known)
                PlaceOf(one) = one;
        }

        ref var place = ref PlaceOf(customer);
        if (place == customer)
            return false;
        place = customer;
        return true;
    }

    // Keys are drawn evenly: their own bits serve as hash.
    private ref ulong PlaceOf(ulong customer)
    {
        var mask = _customers.Length - 1;
        for (var at = (int)customer & mask; ; at = (at + 1) & mask)
        {
            ref var place = ref _customers[at];
            if (place == 0 || place == customer)
                return ref place;
        }
    }
}
