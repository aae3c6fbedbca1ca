namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>Distinct candidates of one record; used again for the next without allocation.</summary>
internal sealed class CandidateSet
{
    private int[] _seenBy = [];
    private int[] _found = new int[256];
    private int _turn;
    private int _count;

    public ReadOnlySpan<int> Found => _found.AsSpan(0, _count);

    public void Begin(int rows)
    {
        if (_seenBy.Length < rows)
        {
            _seenBy = new int[rows];
            _turn = 0;
        }

        _turn++;
        _count = 0;
    }

    public void Add(int candidate)
    {
        if (_seenBy[candidate] == _turn)
            return;
        _seenBy[candidate] = _turn;
        if (_count == _found.Length)
            Array.Resize(ref _found, _count * 2);
        _found[_count++] = candidate;
    }
}
