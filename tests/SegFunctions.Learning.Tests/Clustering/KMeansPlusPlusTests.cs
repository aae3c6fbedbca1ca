using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansPlusPlusTests
{
    [Fact]
    public void Groups_far_apart_get_one_centre_each()
    {
        var (rows, groups) = Some.Blobs(1200, 4, groups: 9, apart: 60, seed: 2);
        using var team = new ChunkTeam(1, CancellationToken.None);
        var seeding = new KMeansPlusPlus(rows, 9, team);
        for (var seed = 0; seed < 10; seed++)
        {
            var centroids = new double[9 * 4];
            Assert.Equal(9, seeding.Seed(9, new Xoshiro256(seed), centroids));
            Assert.Equal(9, Enumerable.Range(0, 9).Select(centre => groups[RowOf(rows, centroids.AsSpan(centre * 4, 4))]).Distinct().Count());
        }
    }

    [Fact]
    public void Seeding_ends_when_every_distinct_row_is_a_centre()
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        var corners = Some.FourCorners(each: 6);
        var centroids = new double[7 * 2];
        Assert.Equal(4, new KMeansPlusPlus(corners, 7, team).Seed(7, new Xoshiro256(1), centroids));
        Assert.Equal(4, Enumerable.Range(0, 4).Select(centre => RowOf(corners, centroids.AsSpan(centre * 2, 2)) % 4).Distinct().Count());
    }

    [Fact]
    public void The_second_centre_is_drawn_by_squared_distance()
    {
        // From the origin the others lie at squared distances 1, 4 and 9; two draws are made and the better is kept.
        var rows = Matrix.FromRows([[0.0], [1], [-2], [3]]);
        using var team = new ChunkTeam(1, CancellationToken.None);
        var seeding = new KMeansPlusPlus(rows, 2, team);
        var centroids = new double[2];
        var worst = 0;
        var began = 0;
        for (var seed = 0; seed < 4000; seed++)
        {
            seeding.Seed(2, new Xoshiro256(seed), centroids);
            if (centroids[0] != 0)
                continue;
            began++;
            worst += centroids[1] == -2 ? 1 : 0;
        }

        // Potentials after −2: 1 + 9 = 10; after 1: 4 + 4 = 8; after 3: 1 + 4 = 5. So −2 is kept only when both draws hit it: (4/14)².
        Assert.Equal(16.0 / 196, (double)worst / began, 0.03);
    }

    private static int RowOf(Matrix rows, ReadOnlySpan<double> values)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            if (rows.Row(row).SequenceEqual(values))
                return row;
        }

        throw new InvalidOperationException("A centre is no row of the data.");
    }
}
