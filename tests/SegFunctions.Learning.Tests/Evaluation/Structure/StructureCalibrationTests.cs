using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

/// <summary>Size and power on 200 tables of 500 prepared rows each: about a minute of one processor a case. One shape alone: <c>--filter "FullyQualifiedName~StructureCalibration&amp;DisplayName~moons"</c>.</summary>
public sealed class StructureCalibrationTests
{
    private const int Tables = 200;

    public static TheoryData<string, int> WithoutGroups() => Cases(Shaped.WithoutGroups);

    public static TheoryData<string, int> WithGroups() => Cases(Shaped.WithGroups);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(WithoutGroups))]
    public void Without_groups_at_most_one_table_in_twenty_is_called_structured(string shape, int columns) =>
        Assert.InRange(Structured(shape, columns), 0, Tables / 20);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(WithGroups))]
    public void With_groups_at_least_nineteen_tables_in_twenty_are(string shape, int columns) =>
        Assert.InRange(Structured(shape, columns), Tables * 19 / 20, Tables);

    [Fact]
    [Trait("Category", "Long")]
    public void So_are_two_moons() => Assert.InRange(Structured("moons", 2), Tables * 19 / 20, Tables);

    private static int Structured(string shape, int columns) => Enumerable.Range(1, Tables).Count(seed =>
        StructureTest.Run(Shaped.Prepared(shape, 500, columns, seed), new StructureTestOptions { Seed = seed }).Structured);

    private static TheoryData<string, int> Cases(string[] shapes)
    {
        var cases = new TheoryData<string, int>();
        foreach (var shape in shapes)
        {
            foreach (var columns in (int[])[2, 8, 20])
                cases.Add(shape, columns);
        }

        return cases;
    }
}
