namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Greedy k-means++ (Arthur &amp; Vassilvitskii 2007): each next centre is drawn with probability proportional to the squared
/// distance from the centres so far; of 2 + ⌊ln k⌋ such draws the one that lowers the potential most is kept (the variant of
/// section 7 that the authors' own code and scikit-learn use). Cost O(n · d · k · ln k).
/// </summary>
internal sealed class KMeansPlusPlus
{
    private readonly Matrix _rows;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _closest;
    private readonly double[] _potential;
    private readonly int[] _candidates;
    private readonly double[] _candidatePotential;
    private readonly EvaluateWork _evaluate;
    private readonly AcceptWork _accept;
    private int _accepted;

    public KMeansPlusPlus(Matrix rows, int clusters, ChunkTeam team)
    {
        _rows = rows;
        _team = team;
        _chunks = FixedChunks.Of(rows.Rows);
        _closest = new double[rows.Rows];
        _potential = new double[_chunks.Count];
        _candidates = new int[2 + (int)Math.Log(clusters)];
        _candidatePotential = new double[_chunks.Count * _candidates.Length];
        _evaluate = new EvaluateWork(this);
        _accept = new AcceptWork(this);
    }

    /// <summary>OUT centroids: up to <paramref name="clusters"/> rows of the data, each another one.</summary>
    /// <returns>How many there are: fewer than asked for when the data has fewer distinct rows.</returns>
    public int Seed(int clusters, Xoshiro256 random, Span<double> centroids)
    {
        var columns = _rows.Columns;
        Array.Fill(_closest, double.PositiveInfinity);
        Accept(random.NextInt(_rows.Rows), centroids);
        for (var found = 1; found < clusters; found++)
        {
            var total = Sum(_potential);
            if (!(total > 0))
                return found;
            for (var i = 0; i < _candidates.Length; i++)
                _candidates[i] = Draw(random.NextDouble() * total);
            _team.Run(_evaluate, _chunks.Count);
            Accept(BestCandidate(), centroids[(found * columns)..]);
        }

        return clusters;
    }

    private void Accept(int row, Span<double> centroid)
    {
        _rows.Row(row).CopyTo(centroid);
        _accepted = row;
        _team.Run(_accept, _chunks.Count);
    }

    /// <summary>The row at which the running sum of squared distances passes <paramref name="target"/>.</summary>
    private int Draw(double target)
    {
        var last = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            // Rounding may let the target outlive every chunk; then the last row with any distance is the answer.
            if (_potential[chunk] > 0)
                last = chunk;
        }

        var at = 0;
        while (at < last && target >= _potential[at])
            target -= _potential[at++];
        var answer = _chunks.Start(at);
        for (var row = _chunks.Start(at); row < _chunks.End(at); row++)
        {
            if (_closest[row] <= 0)
                continue;
            answer = row;
            target -= _closest[row];
            if (target < 0)
                break;
        }

        return answer;
    }

    private int BestCandidate()
    {
        var best = 0;
        var least = double.PositiveInfinity;
        for (var i = 0; i < _candidates.Length; i++)
        {
            var sum = 0.0;
            for (var chunk = 0; chunk < _chunks.Count; chunk++)
                sum += _candidatePotential[(chunk * _candidates.Length) + i];
            if (sum < least)
                (least, best) = (sum, i);
        }

        return _candidates[best];
    }

    private static double Sum(ReadOnlySpan<double> parts)
    {
        var sum = 0.0;
        foreach (var part in parts)
            sum += part;
        return sum;
    }

    /// <summary>The potential that each candidate would leave.</summary>
    private sealed class EvaluateWork(KMeansPlusPlus seeding) : IChunkWork
    {
        public void Run(int chunk)
        {
            var rows = seeding._rows;
            var candidates = seeding._candidates;
            var sums = seeding._candidatePotential.AsSpan(chunk * candidates.Length, candidates.Length);
            sums.Clear();
            for (var row = seeding._chunks.Start(chunk); row < seeding._chunks.End(chunk); row++)
            {
                var closest = seeding._closest[row];
                if (closest <= 0)
                    continue;
                var values = rows.Row(row);
                for (var i = 0; i < candidates.Length; i++)
                    sums[i] += Math.Min(closest, Distance.Squared(values, rows.Row(candidates[i])));
            }
        }
    }

    /// <summary>Lowers every row's distance to the centre just accepted.</summary>
    private sealed class AcceptWork(KMeansPlusPlus seeding) : IChunkWork
    {
        public void Run(int chunk)
        {
            var rows = seeding._rows;
            var centre = rows.Row(seeding._accepted);
            var sum = 0.0;
            for (var row = seeding._chunks.Start(chunk); row < seeding._chunks.End(chunk); row++)
            {
                ref var closest = ref seeding._closest[row];
                if (closest > 0)
                    closest = Math.Min(closest, Distance.Squared(rows.Row(row), centre));
                sum += closest;
            }

            seeding._potential[chunk] = sum;
        }
    }
}
