using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity;

/// <summary>Records with their blocking keys, to which more can be added without comparing everything with everything.</summary>
/// <remarks>
/// Guarantee: <c>Build(a); Add(b); Link()</c> gives what <c>Build(a + b, model: the same)</c> and <c>Link()</c> gives.
/// Not safe for several threads at once.
/// </remarks>
public sealed class IdentityIndex
{
    public IdentityModel Model => throw new NotSupportedException();

    public int Rows => throw new NotSupportedException();

    /// <summary>Compares the records with each other.</summary>
    /// <param name="model">Null to learn one from these records.</param>
    public static IdentityIndex Build(RecordSet records, IdentityOptions options, IdentityModel? model = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Compares more records, of the same columns, with those present and each other; their rows follow.</summary>
    /// <exception cref="ArgumentException">Other columns.</exception>
    public void Add(RecordSet records, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Clusters of everything in the index.</summary>
    /// <param name="decisions">What humans decided; they win.</param>
    public LinkResult Link(IReadOnlyCollection<IdentityDecision>? decisions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Why two records are one, or are not; any two rows.</summary>
    public PairEvidence Explain(int left, int right) => throw new NotSupportedException();
}
