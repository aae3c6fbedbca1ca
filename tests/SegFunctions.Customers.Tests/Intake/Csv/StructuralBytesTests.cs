using SegFunctions.Customers.Intake.Csv;

namespace SegFunctions.Customers.Tests.Intake.Csv;

public sealed class StructuralBytesTests
{
    public static TheoryData<int> Lengths => [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 100, 127, 128, 129, 191, 192, 193, 255, 256, 257, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Vectors_find_what_a_plain_loop_finds(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 20; round++)
        {
            foreach (var start in (int[])[0, 1, 13, 64])
            {
                // Structural bytes stand behind the end, too: none of them may be found.
                var block = new byte[start + length + 64];
                for (var at = 0; at < block.Length; at++)
                    block[at] = random.Next(4) == 0 ? ",;\t|\"\r\n "u8[random.Next(8)] : (byte)random.Next(256);
                foreach (var (first, second) in ((byte, byte)[])[((byte)',', (byte)','), ((byte)' ', (byte)'\t')])
                    Assert.Equal(Plain(block, start, start + length, first, second), Found(block, start, start + length, first, second));
            }
        }
    }

    private static List<int> Plain(byte[] block, int start, int end, byte first, byte second)
    {
        var positions = new List<int>();
        for (var at = start; at < end; at++)
        {
            if (block[at] == first || block[at] == second || block[at] is (byte)'"' or (byte)'\r' or (byte)'\n')
                positions.Add(at);
        }

        return positions;
    }

    private static List<int> Found(byte[] block, int start, int end, byte first, byte second)
    {
        var bytes = new StructuralBytes(block, start, end, first, second);
        var positions = new List<int>();
        for (var at = bytes.Next(); at < end; at = bytes.Next())
            positions.Add(at);
        Assert.Equal(end, bytes.Next());
        return positions;
    }
}
