import { useCast } from '../api/reads.ts'
import { Column } from '../column.tsx'
import { useView } from '../view.tsx'
import { Handset } from './handset.tsx'
import { PersonPicker } from './person-picker.tsx'
import classes from './phone.module.css'
import { TextComposer } from './text-composer.tsx'

/** A customer's phone: whose it is, what is on it, and what they write. */
export function PhoneColumn() {
  const [{ phone }] = useView()
  const cast = useCast()
  const person = cast.data?.people.find(({ number }) => number === phone)
  const name = person?.name ?? phone

  return (
    <Column title="Phone">
      <div className={classes.picker}>
        <PersonPicker people={cast.data?.people ?? []} />
      </div>
      <div className={classes.phone}>
        <Handset key={phone} number={phone} name={name} />
        <TextComposer name={name} numbers={cast.data?.numbers ?? []} />
      </div>
    </Column>
  )
}
