using System.Text;
using SegFunctions.Customers.Identity.Phonetics;

namespace SegFunctions.Customers.Tests.Identity.Phonetics;

public sealed class PhoneticsTests
{
    // Postel (1969) and the examples that are commonly given after him.
    [Theory]
    [InlineData("muller ludenscheidt", "65752682")]
    [InlineData("wikipedia", "3412")]
    [InlineData("breschnew", "17863")]
    [InlineData("heinz classen", "068586")]
    [InlineData("meier", "67")]
    [InlineData("mayr", "67")]
    [InlineData("schmidt", "862")]
    [InlineData("schmitt", "862")]
    [InlineData("xaver", "4837")]
    [InlineData("philipp", "351")]
    public void Cologne_phonetics_gives_the_digits_that_are_published(string name, string digits)
    {
        var code = new byte[2 * name.Length];
        Assert.Equal(digits, Encoding.ASCII.GetString(code, 0, ColognePhonetics.Encode(Encoding.ASCII.GetBytes(name), code)));
    }

    [Theory]
    [InlineData("smith", "smyth")]
    [InlineData("philip", "filip")]
    [InlineData("knight", "night")]
    [InlineData("catherine", "katherine")]
    [InlineData("wright", "rite")]
    [InlineData("johnson", "jonson")]
    public void English_names_that_sound_alike_share_a_code(string one, string other) => Assert.Equal(Code(SoundRules.English, one), Code(SoundRules.English, other));

    [Theory]
    [InlineData("renault", "reno")]
    [InlineData("dupont", "dupon")]
    [InlineData("philippe", "filip")]
    [InlineData("gauthier", "gautier")]
    public void French_names_that_sound_alike_share_a_code(string one, string other) => Assert.Equal(Code(SoundRules.French, one), Code(SoundRules.French, other));

    [Theory]
    [InlineData("smith", "jones")]
    [InlineData("miller", "muster")]
    public void Names_that_do_not_sound_alike_do_not(string one, string other) => Assert.NotEqual(Code(SoundRules.English, one), Code(SoundRules.English, other));

    private static string Code(SoundRules rules, string name)
    {
        var code = new char[3 * 64];
        return new string(code, 0, rules.Encode(name, code));
    }
}
