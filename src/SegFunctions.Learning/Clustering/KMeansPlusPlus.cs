namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Greedy k-means++ (Arthur &amp; Vassilvitskii 2007): each next centre is drawn with probability proportional to the (weighted) squared
/// distance from the centres so far; of 2 + ⌊ln k⌋ such draws the one that lowers the potential most is kept (the variant of
/// section 7 that the authors' own code and scikit-learn use). Cost O(n · d · k · ln k) at most.
/// </summary>
/// <remarks>
/// A candidate at least twice as far from a row's centre as the row is cannot be nearer to the row (triangle inequality; Elkan 2003,
/// lemma 1): such rows are not even read. The others are compared sixteen at a time (<see cref="SeedDistances"/>).
/// </remarks>
internal sealed class KMeansPlusPlus
{
    /// <summary>Rows that are asked for from memory before the first of them is read: those between are spared, so the processor cannot guess them.</summary>
    private const int BlockRows = 256;

    private readonly Matrix _rows;
    private readonly RowWeights? _weights;
    private readonly ChunkTeam _team;
    private readonly FixedChunks _chunks;
    private readonly double[] _closest;
    private readonly int[] _nearest;
    private readonly double[] _potential;
    private readonly int[] _candidates;
    private readonly double[] _candidatePotential;
    private readonly double[] _panels;
    private readonly double[] _origin;
    private readonly EvaluateWork _evaluate;
    private readonly AcceptWork _accept;
    private readonly int[] _centreRows;

    /// <summary>Squared distance from each centre to the nearest candidate, and to the centre just accepted.</summary>
    private readonly double[] _candidateReach;
    private readonly double[] _acceptedReach;
    private int _found;

    public KMeansPlusPlus(Matrix rows, int clusters, ChunkTeam team, RowWeights? weights = null)
    {
        _rows = rows;
        _weights = weights;
        _team = team;
        _chunks = FixedChunks.Of(rows.Rows);
        _closest = new double[rows.Rows];
        _potential = new double[_chunks.Count];
        _candidates = new int[2 + (int)Math.Log(clusters)];
        _candidatePotential = new double[_chunks.Count * _candidates.Length];
        _panels = new double[_chunks.Count * RowPanel.Rows * rows.Columns];
        _origin = new double[rows.Columns];
        _nearest = new int[rows.Rows];
        _centreRows = new int[clusters];
        _candidateReach = new double[clusters];
        _acceptedReach = new double[clusters];
        _evaluate = new EvaluateWork(this);
        _accept = new AcceptWork(this);
    }

    /// <summary>OUT centroids: up to <paramref name="clusters"/> rows of the data, each another one.</summary>
    /// <returns>How many there are: fewer than asked for when the data has fewer distinct rows of weight above 0.</returns>
    public int Seed(int clusters, Xoshiro256 random, Span<double> centroids)
    {
        var columns = _rows.Columns;
        Array.Fill(_closest, double.PositiveInfinity);
        _found = 0;
        Accept(First(random), centroids);
        for (var found = 1; found < clusters; found++)
        {
            var total = Sum(_potential);
            if (!(total > 0))
                return found;
            Array.Fill(_candidateReach, double.PositiveInfinity);
            for (var i = 0; i < _candidates.Length; i++)
            {
                _candidates[i] = Draw(random.NextDouble() * total);
                for (var centre = 0; centre < _found; centre++)
                    _candidateReach[centre] = Math.Min(_candidateReach[centre], ToCentre(_candidates[i], centre));
            }

            _team.Run(_evaluate, _chunks.Count);
            Accept(BestCandidate(), centroids[(found * columns)..]);
        }

        return clusters;
    }

    /// <summary>Any row, by weight.</summary>
    private int First(Xoshiro256 random)
    {
        if (_weights is null)
            return random.NextInt(_rows.Rows);
        var target = random.NextDouble() * _weights.Total;
        var weights = _weights.Values;
        var answer = 0;
        for (var row = 0; row < weights.Length; row++)
        {
            if (weights[row] == 0)
                continue;
            answer = row;
            target -= weights[row];
            if (target < 0)
                break;
        }

        return answer;
    }

    private void Accept(int row, Span<double> centroid)
    {
        _rows.Row(row).CopyTo(centroid);
        for (var centre = 0; centre < _found; centre++)
            _acceptedReach[centre] = ToCentre(row, centre);
        _centreRows[_found++] = row;
        _team.Run(_accept, _chunks.Count);
    }

    private double ToCentre(int row, int centre) => Distance.Squared(_rows.Row(row), _rows.Row(_centreRows[centre]));

    /// <summary>The row at which the running sum of squared distances by weight passes <paramref name="target"/>.</summary>
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
            var share = _weights is null ? _closest[row] : _closest[row] * _weights.Values[row];
            if (share <= 0)
                continue;
            answer = row;
            target -= share;
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

    private Span<double> Panel(int chunk) => _panels.AsSpan(chunk * RowPanel.Rows * _rows.Columns, RowPanel.Rows * _rows.Columns);

    private double Weight(int row) => _weights is null ? 1 : _weights.Values[row];

    /// <summary>The potential that each candidate would leave.</summary>
    private sealed class EvaluateWork(KMeansPlusPlus seeding) : IChunkWork
    {
        public void Run(int chunk)
        {
            var candidates = seeding._candidates.Length;
            var sums = seeding._candidatePotential.AsSpan(chunk * candidates, candidates);
            sums.Clear();
            Span<int> touched = stackalloc int[BlockRows];
            var untouched = 0.0;
            for (var start = seeding._chunks.Start(chunk); start < seeding._chunks.End(chunk); start += BlockRows)
            {
                var found = 0;
                var end = Math.Min(start + BlockRows, seeding._chunks.End(chunk));
                for (var row = start; row < end; row++)
                {
                    var closest = seeding._closest[row];
                    if (seeding._candidateReach[seeding._nearest[row]] >= 4 * closest)
                    {
                        untouched += seeding.Weight(row) * closest;
                        continue;
                    }

                    touched[found++] = row;
                    RowPanel.Prefetch(seeding._rows, row);
                }

                for (var at = 0; at < found; at += RowPanel.Rows)
                    Evaluate(touched[at..Math.Min(found, at + RowPanel.Rows)], chunk, sums);
            }

            foreach (ref var sum in sums)
                sum += untouched;
        }

        private void Evaluate(ReadOnlySpan<int> touched, int chunk, Span<double> sums)
        {
            Span<double> closest = stackalloc double[RowPanel.Rows];
            Span<double> weights = stackalloc double[RowPanel.Rows];
            closest.Clear();
            weights.Clear();
            for (var lane = 0; lane < touched.Length; lane++)
            {
                closest[lane] = seeding._closest[touched[lane]];
                weights[lane] = seeding.Weight(touched[lane]);
            }

            var panel = seeding.Panel(chunk);
            RowPanel.Pack(seeding._rows, touched, seeding._origin, panel);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += SeedDistances.Potential(panel, seeding._rows.Row(seeding._candidates[i]), closest, weights);
        }
    }

    /// <summary>Lowers every row's distance to the centre just accepted.</summary>
    private sealed class AcceptWork(KMeansPlusPlus seeding) : IChunkWork
    {
        public void Run(int chunk)
        {
            var accepted = seeding._found - 1;
            Span<int> touched = stackalloc int[BlockRows];
            var sum = 0.0;
            for (var start = seeding._chunks.Start(chunk); start < seeding._chunks.End(chunk); start += BlockRows)
            {
                var found = 0;
                var end = Math.Min(start + BlockRows, seeding._chunks.End(chunk));
                for (var row = start; row < end; row++)
                {
                    var closest = seeding._closest[row];
                    if (accepted > 0 && seeding._acceptedReach[seeding._nearest[row]] >= 4 * closest)
                    {
                        sum += seeding.Weight(row) * closest;
                        continue;
                    }

                    touched[found++] = row;
                    RowPanel.Prefetch(seeding._rows, row);
                }

                for (var at = 0; at < found; at += RowPanel.Rows)
                    sum += Lower(touched[at..Math.Min(found, at + RowPanel.Rows)], chunk, accepted);
            }

            seeding._potential[chunk] = sum;
        }

        private double Lower(ReadOnlySpan<int> touched, int chunk, int accepted)
        {
            Span<double> distances = stackalloc double[RowPanel.Rows];
            var panel = seeding.Panel(chunk);
            RowPanel.Pack(seeding._rows, touched, seeding._origin, panel);
            SeedDistances.Squared(panel, seeding._rows.Row(seeding._centreRows[accepted]), distances);
            var sum = 0.0;
            for (var lane = 0; lane < touched.Length; lane++)
            {
                ref var closest = ref seeding._closest[touched[lane]];
                if (distances[lane] < closest)
                {
                    closest = distances[lane];
                    seeding._nearest[touched[lane]] = accepted;
                }

                sum += seeding.Weight(touched[lane]) * closest;
            }

            return sum;
        }
    }
}
