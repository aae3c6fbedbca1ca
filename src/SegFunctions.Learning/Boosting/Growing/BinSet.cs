using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>A set of bins 0..255.</summary>
[InlineArray(4)]
internal struct BinSet
{
    private ulong _word;

    public void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);

    public readonly bool Has(int bin) => ((this[bin >> 6] >> (bin & 63)) & 1) != 0;
}
