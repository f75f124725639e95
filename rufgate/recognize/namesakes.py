"""Everyday English words that people are called, too: a capital makes them doubtful.

In:  nothing.
Out: ``NAMESAKES``, lower case. They are neither plain words nor plain names: what a model says of
     them counts for more than of other everyday words.
"""

from __future__ import annotations

from typing import Final

_TRADES = """
abbot archer baker barber baron bishop brewer butcher butler carpenter carter carver chandler
chaplain clark clerk constable cook cooper crofter dancer dean draper driver duke dyer earl farmer
fisher fletcher forester forster foster fowler fuller gardener gardner glover goldsmith granger
harper hooper hunter judge keeper king knight major marshal marshall mason mayor merchant miller
miner monk page painter palmer parson parsons piper plummer pope porter potter priest prince prior
reeve rider sadler sailor salter sawyer shearer shepherd singer skinner slater smith spencer
spicer squire steward stringer tanner taylor thatcher tiler tinker tucker turner usher walker
waller ward warden warner weaver webster wheeler wright
"""
_NATURE = """
amber ash ashes autumn bay beach bear berry birch bird bloom blossom branch bridge bridges brook
brooks bull burn burns bush clay cliff cloud colt coral crane crow crystal daisy dale dawn day
diamond dove drake eagle falcon fern field fields finch fish flint flood flower flowers ford
forest fountain fox frost gale garland glen gold grove gull hart hawk hay hazel heath heather
hedge herring hill hills holly hurst iris ivy jade jay lake lamb lane lark laurel leaf lilac lily
lion lodge lynx marsh martin meadow meadows mill mills moon moor moss moth mount nightingale north
oak olive opal orchard park partridge peacock pearl penny pike pine pond pool poppy rain raven
reed ridge river rivers robin rock rocks rose rowan ruby rush sage salmon sands shore silver sky
snow sparrow spring star starling sterling stone storm summer summers swallow swan swift thorn
thorne tide vale violet wall waters well wells west willow wind winter winters wolf wood woods
wren yew
"""
_QUALITIES = """
able best black blessing blue bold bright brown buddy bunny chance charity christian clement close
comfort constant cross curly darling dear destiny dusty early earnest english ernest experience
fair faith favour felicity fine frank free french friend gay gentle gift ginger good goodman
goodwill grace grand grant gray greatness green grey guy happy hardy harmony holiday honor honour
hope innocent jolly joy junior just justice keen kind lawless little lofty long love lovejoy
loveless low lucky mark max may melody mercy merry miles moody neat nobby noble nobody old olden
open patience peace pleasant precious promise proud prudence purity queen quick quiet read ready
rich rocky royal rusty sandy savage scott senior serenity sharp short small smart sober sonny spud
stark stern still stout strange strong sunny sweet swiftly tich tidy trinity true unity verity
victory virtue welcome white wild wise worth young younger
"""
_THINGS = """
april art august ball banks barn barrow basil bass bat battle beck bell bench bill block boat bob
bolt bond bones book boot booth bow box boyd brand bray buck bud bugs bunch burger burrow cage
cain cannon cape card carol case cash castle chase cherry christmas chuck church coats cole comb
copper cork corn cornwall cotton court cousins cracknell crook crown cummings curry curtain dick
dolly dot drew drum easter eve ferry flag flower foot forge fork france friday garden gates gene
german gore gray green hall ham hammer hand hands harp hatch head heal heap holes hood hook hooker
horn house howl hunt husband ink iron jack jean jewel joint june kettle key kidd kitchen lace
lance land law leek legg lent light line link lock locke loft long lord mace mane marble mars mast
maze mead mike mint molly monday money nail nash neck needle nick night noon norm norman onion
onions organ outlaw oven pack pain parish parks pat paw pay peck peel penny pepper perch pick
pickles pie pilgrim pitt plant plow plum pole post pot pound power pratt press price pride pugh
pulling quarry queen race ram ray rice ring rob rod roe roman root rope rowe rudd sale salt savage
scales seal sewell shaw shield ship short silk skill slack sleep snare son spark spear speed spice
spring stack staff star steel stock street style sue sugar sunday tart tate teal temple thistle
timber toll tom tower town trigger trout tulip turnbull twist vane vicar victor vine viola violet
virgo wade wager wagon walk walks wand war wax way webb weeks weir whale wheat wick will willing
wing winks wire wish witt wool worm yard
"""

NAMESAKES: Final = frozenset((_TRADES + _NATURE + _QUALITIES + _THINGS).split())
